import LSRL
import Testing

@Suite("Mutated program texts", .timeLimit(.minutes(10)))
struct MutatedTextTests {
  /// A generator whose whole state is one number; enough to choose places (Knuth's MMIX constants).
  private struct Choices: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) | (state << 31)
    }
  }

  /// Pieces that mean something to the parser.
  private static let pieces = [
    "(", ")", "[", "]", "[[", ",", ":", "=", "+", "-", "*", "**", "/", "//", "%", "\n", "#", "\"",
    "for i in ", "return ", "ForEach:", "range(", "10 ** 9", "1e9999", "x", "0", "-1", "eye(2000)",
    "sum(", "é", "\u{0}", "\r\n", "Input(dim=", "Multi(", "f_ifelse(",
  ]

  private static func mutate(_ text: String, _ choices: inout Choices) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &choices) {
      let place = Int.random(in: 0...bytes.count, using: &choices)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &choices))
      switch Int.random(in: 0..<5, using: &choices) {
      case 0 where place < bytes.count:
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &choices)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3:
        let piece = pieces[Int.random(in: 0..<pieces.count, using: &choices)]
        bytes.insert(contentsOf: piece.utf8, at: place)
      default: bytes.insert(UInt8.random(in: 0...255, using: &choices), at: place)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func read(_ text: String) -> Result<Graph, TextError> {
    do throws(TextError) {
      return .success(try Program(parsing: text, file: "t").graph)
    } catch {
      return .failure(error)
    }
  }

  @Test("None crashes; what is accepted prints and reads back", arguments: 0..<8)
  func neverCrashes(seed: Int) throws {
    var choices = Choices(state: UInt64(seed))
    var accepted = 0
    for _ in 0..<500 {
      let original = TextPrograms.all[Int.random(in: 0..<TextPrograms.all.count, using: &choices)]
      let text = Self.mutate(original, &choices)
      switch Self.read(text) {
      case .success(let graph):
        accepted += 1
        #expect(Self.read(graph.description) == .success(graph))
      case .failure(let error):
        #expect(error.message.hasPrefix("expected "), "\(error)")
        #expect(error.place.line >= 1 && error.place.column >= 1)
        #expect(error.excerpt.hasSuffix("^"))
      }
    }
    #expect(accepted > 5, "mutations that leave nothing valid test little")
  }
}
