import Architectures
import ExactArithmetic
import ExactJSON
import LSRL
import Testing
import Verification

@Suite("Compiled networks as files")
struct LayerFileRoundTripTests {
  private static func stacks() throws -> [LayerStack] {
    let texts = [
      "ForEach:\n  x = Input(dim=1)\n  return x",
      """
      ForEach:
        x = Input(dim=3, range=[0, 1])
        s = LinState(x, A=[[0, 0], [1/2, 0]], B=[[1, -1, 0], [0, 2, 1]], bias=[[1], [0]],
                     init_state=[[1/3], [-2]])
        y = ReLU(s - 1)
        return Multi(Concat([y, x[0:2]])) + 1/7
      """,
      """
      ForEach:
        x = Input(dim=2)
        s = LinState(x, A=[[3/5, 0], [0, 4/5]], B=[[1, 0], [0, -1]], init_state=[[1], [2]])
        return ReLU(s)
      """,
    ]
    let programs = try texts.map { try ProgramText(parsing: $0, file: "test.lsrl").program }
    return programs.flatMap { program in
      Compilation(program, for: Architecture.allCases).stacks.compactMap { try? $0.stack.get() }
    }
  }

  @Test("What is written is read back, the same to the last number")
  func roundTrip() throws {
    let stacks = try Self.stacks()
    #expect(Set(stacks.map(\.architecture)) == Set(Architecture.allCases))
    for stack in stacks {
      let text = stack.json.laidOut()
      #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 200 })
      let read = try LayerStack(parsing: JSONValue(parsing: text))
      #expect(read == stack, "\(stack.architecture.rawValue)")
    }
  }

  /// Files from strangers: any part of a good one replaced by any other part of it, removed, or
  /// replaced by a number or a word.
  @Test("Damaged files are refused or read, and what is read runs")
  func damage() throws {
    var random = SplitMix(state: 7)
    var (refused, read) = (0, 0)
    for stack in try Self.stacks() {
      let good = stack.json
      let parts = good.parts
      for _ in 0..<60 {
        let donor = parts.randomElement(using: &random) ?? .null
        let spare: [JSONValue] = [donor, donor, 0, 1, -1, 2, "x", .null, [], ["1/2"], 1_000_000]
        var place = Int.random(in: 0..<parts.count, using: &random)
        let bad = good.replacing(
          part: &place, by: Bool.random(using: &random) ? spare.randomElement(using: &random) : nil)
        do throws(JSONContentError) {
          let damaged = try LayerStack(parsing: bad)
          read += 1
          let token = [Rational](repeating: 1, count: damaged.inputDimension)
          guard damaged.inputDimension < 100 else { continue }
          if let outputs = try? damaged.run([token, token]) {
            #expect(outputs.allSatisfy { $0.count == damaged.outputDimension })
          }
        } catch {
          refused += 1
          #expect(!error.expected.isEmpty && !error.found.isEmpty)
        }
      }
    }
    #expect(refused > 200 && read > 50, "\(refused) refused, \(read) read")
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension JSONValue {
  /// This value and all that is in it.
  fileprivate var parts: [JSONValue] {
    switch self {
    case .array(let elements): [self] + elements.flatMap(\.parts)
    case .object(let members): [self] + members.flatMap(\.value.parts)
    default: [self]
    }
  }

  /// The value with part number `place` (in the order of `parts`) replaced, or removed.
  fileprivate func replacing(part place: inout Int, by part: JSONValue?) -> JSONValue {
    replaced(&place, part) ?? .null
  }

  private func replaced(_ place: inout Int, _ part: JSONValue?) -> JSONValue? {
    place -= 1
    if place == -1 { return part }
    switch self {
    case .array(let elements):
      var kept: [JSONValue] = []
      for element in elements {
        if let value = element.replaced(&place, part) { kept.append(value) }
      }
      return .array(kept)
    case .object(let members):
      var kept: [Member] = []
      for member in members {
        if let value = member.value.replaced(&place, part) {
          kept.append(Member(member.name, value))
        }
      }
      return .object(kept)
    default: return self
    }
  }
}
