import PropertyTesting

/// Texts that may be certificates no more: bytes flipped, put in, taken out, copied from another
/// text, cut off.
public struct CertificateBytes: Sendable {
  /// Texts of certificates.
  private let originals: [[UInt8]]

  /// Precondition: there is one, and none is empty.
  public init(_ originals: [[UInt8]]) { self.originals = originals }

  /// What the grammar is made of, and what it is not.
  private static let pieces = [
    " ", "\n", "-", "/", "0", "1", "7", "99", "999999999999999", "9999999999999999", "-1", "1/0",
    "1/2", " input ", " relu ", " lin 1 0 ", " state 1 0 ", " prev ", " concat 2 0 0 ", " multi ",
    " prog ", " inits ", " also ", "é", "\u{0}", "\r", "\t", "\u{B}", "e9", ".", "+1", "--",
  ].map { Array($0.utf8) }

  /// Text number `trial`: depends on the seed and the number only.
  public func text(seed: UInt64, trial: Int) -> [UInt8] {
    var random = SplitMix64(seed: seed, trial: trial)
    var bytes = originals.randomElement(using: &random) ?? []
    if Bool.random(using: &random) {
      // Most of these are read.
      exchangeDigit(&bytes, &random)
    } else {
      for _ in 0..<Int.random(in: 1...4, using: &random) { edit(&bytes, &random) }
    }
    return bytes
  }

  /// Another digit for one.
  private func exchangeDigit(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let zero = UInt8(ascii: "0")
    for offset in bytes.indices {
      let place = (start + offset) % bytes.count
      guard zero...UInt8(ascii: "9") ~= bytes[place] else { continue }
      bytes[place] = zero + UInt8.random(in: 0...9, using: &random)
      return
    }
  }

  private func edit(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
    switch Int.random(in: 0..<24, using: &random) {
    case 0..<6 where place < bytes.count:
      bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
    case 0..<10: bytes.removeSubrange(place..<end)
    case 10..<14: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 14..<18:
      bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
    case 18..<21: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 21: bytes.removeSubrange(place...)
    default:
      // What another text has, instead of a part of this one.
      let other = originals.randomElement(using: &random) ?? []
      let from = Int.random(in: 0...other.count, using: &random)
      let length = Int.random(in: 0...400, using: &random)
      let part = other[from..<min(other.count, from + length)]
      bytes.replaceSubrange(place..<min(bytes.count, place + part.count), with: part)
    }
  }
}
