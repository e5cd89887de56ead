import Certificates
import Testing

@Suite("Mutated certificates")
struct MutatedCertificateTests {
  private static let pieces = [
    " ", "\n", "-", "/", "0", "1", "7", "99", "999999999999999", "9999999999999999", "-1", "1/0",
    "1/2", " input ", " relu ", " lin 1 0 ", " state 1 0 ", " prev ", " concat 2 0 0 ", " multi ",
    " prog ", " inits ", "é", "\u{0}", "\r", "\t", "e9", ".",
  ]

  private static func mutate(_ text: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = text
    if dice.roll(0...1) == 0 {
      // Another digit for one: most such texts are read.
      let digits = bytes.indices.filter { UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[$0] }
      bytes[dice.pick(digits)] = UInt8(ascii: "0") + UInt8(dice.roll(0...9))
      return bytes
    }
    for _ in 0..<dice.roll(1...4) {
      let place = dice.roll(0...bytes.count)
      let end = min(bytes.count, place + dice.roll(0...12))
      switch dice.roll(0...4) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(dice.roll(0...7))
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes.insert(contentsOf: dice.pick(pieces).utf8, at: place)
      default: bytes.insert(UInt8(dice.roll(0...255)), at: place)
      }
    }
    return bytes
  }

  #if DEBUG
    private static let rounds = 1_000
  #else
    private static let rounds = 25_000
  #endif

  /// What is read must print and read back; what is accepted must be so in truth, on some sequence.
  @Test("None crashes the reader or the judge", arguments: 0..<4)
  func neverCrashes(seed: Int) throws {
    var dice = Dice(seed: seed)
    let originals = try [
      Example.pair, Example.oneSided, Example.boundedProduct(), Example.accumulatingProduct(),
      CertificateTextTests.random(seed: seed),
    ].map { Array($0.text.utf8) }
    let limits = CheckLimits(storedTerms: 100_000, work: 1_000_000, coefficientBits: 4_096)
    var (read, accepted) = (0, 0)
    for _ in 0..<Self.rounds {
      let text = Self.mutate(dice.pick(originals), &dice)
      do throws(CertificateTextError) {
        let certificate = try Certificate(parsing: text)
        read += 1
        let again = try Certificate(parsing: certificate.text)
        #expect(again.text == certificate.text)
        let judgement = certificate.judged(within: limits)
        // A zero in a column that is not there is rejected, and not written back.
        if case .rejected(.malformed) = judgement { continue }
        #expect(again.judged(within: limits) == judgement)
        if judgement.isAccepted {
          accepted += 1
          Self.expectTruth(of: certificate, &dice)
        }
      } catch {
        #expect(error.word >= 1 && error.line >= 1 && !error.expected.isEmpty)
        #expect(error.found.utf8.count <= 200)
      }
    }
    #expect(read > Self.rounds / 20 && accepted > 0, "\(read) read, \(accepted) accepted")
  }

  private static func expectTruth(of certificate: Certificate, _ dice: inout Dice) {
    let tokens = (0..<3).map { _ in
      certificate.inputBounds.map { bounds in
        let number = dice.number()
        return min(max(number, bounds.lower ?? number), bounds.upper ?? max(number, 0))
      }
    }
    guard
      tokens.allSatisfy({ zip($0, certificate.inputBounds).allSatisfy { $1.contains($0) } }),
      let expected = try? certificate.source.run(tokens, bitLimit: 100_000),
      let found = try? certificate.target.run(tokens, bitLimit: 100_000)
    else { return }
    #expect(expected == found, "\(certificate.text)")
  }
}
