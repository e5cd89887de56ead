import Architectures
import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("Lowering to Hawk and Griffin")
struct HawkLoweringTests {
  private static let structured: [Architecture] = [.hawk, .griffin]

  @Test(
    "They compute every path whose states shrink by legs of Pythagorean triangles",
    arguments: structured, 0..<4)
  func shrinking(architecture: Architecture, batch: Int) throws {
    for seed in batch * 500..<(batch + 1) * 500 {
      let sample = try PathCase(seed: seed, matrices: MatrixKind.hawks)
      for resets in [false, true] {
        let stack = try lowered(
          path: sample.path, to: architecture, options: LoweringOptions(resetsAtStart: resets))
        #expect(stack.maximumLength == nil)
        #expect(
          try stack.run(sample.tokens) == sample.path.run(sample.tokens),
          "seed \(seed), resets \(resets)")
        #expect(Self.decaysAreAdmissible(stack), "seed \(seed)")
      }
    }
  }

  @Test("They compute every path up to a bounded length", arguments: structured, 0..<4)
  func bounded(architecture: Architecture, batch: Int) throws {
    for seed in batch * 250..<(batch + 1) * 250 {
      let sample = try PathCase(seed: seed, matrices: MatrixKind.allCases, length: 3...9)
      let options = LoweringOptions(
        maximumLength: sample.tokens.count, resetsAtStart: seed.isMultiple(of: 2))
      let stack = try lowered(path: sample.path, to: architecture, options: options)
      #expect(try stack.run(sample.tokens) == sample.path.run(sample.tokens), "seed \(seed)")
      #expect(Self.decaysAreAdmissible(stack), "seed \(seed)")
    }
  }

  @Test("A dense convolution computes every path up to the length of its kernel", arguments: 0..<4)
  func dense(batch: Int) throws {
    for seed in batch * 500..<(batch + 1) * 500 {
      let sample = try PathCase(seed: seed, matrices: MatrixKind.allCases, length: 3...9)
      let expected = sample.path.run(sample.tokens)
      for length in [nil, sample.tokens.count] {
        let options = LoweringOptions(
          maximumLength: length, resetsAtStart: seed.isMultiple(of: 2))
        let stack = try lowered(path: sample.path, to: .hawkDense, options: options)
        #expect(
          stack.maximumLength == nil
            || stack.maximumLength == length ?? LoweringOptions.denseKernelLength)
        #expect(try stack.run(sample.tokens) == expected, "seed \(seed)")
      }
    }
  }

  @Test("Ranges save channels and change nothing on inputs that keep to them")
  func ranges() throws {
    var saved = 0
    for seed in 0..<500 {
      let sample = try PathCase(seed: seed, matrices: MatrixKind.hawks)
      let inputs = (0..<sample.path.inputDimension).map { _ in Interval(0, 4) }
      let plain = try lowered(path: sample.path, to: .hawk).size
      let options = LoweringOptions(ranges: sample.path.graph.ranges(ofInputs: inputs))
      let stack = try lowered(path: sample.path, to: .hawk, options: options)
      let tokens = sample.tokens.map { $0.map { max($0, -$0) } }
      #expect(try stack.run(tokens) == sample.path.run(tokens), "seed \(seed)")
      saved += plain.widths.reduce(0, +) - stack.size.widths.reduce(0, +)
    }
    #expect(saved > 100)
  }

  @Test("On binary fractions, floats compute the same numbers")
  func floats() throws {
    for seed in 0..<200 {
      let sample = try PathCase(
        seed: seed, matrices: [.zero, .nilpotent], denominators: [1, 1, 2])
      let exact = sample.path.run(sample.tokens)
      for architecture in Self.structured + [.hawkDense] {
        let options = LoweringOptions(resetsAtStart: seed.isMultiple(of: 2))
        let stack = try lowered(path: sample.path, to: architecture, options: options)
        let doubles = try stack.run(sample.tokens.map { $0.map(Double.init(nearest:)) })
        #expect(doubles == exact.map { $0.map(Double.init(nearest:)) }, "seed \(seed)")
        guard exact.joined().allSatisfy({ max($0, -$0) < 1024 }) else { continue }
        let floats = try stack.run(sample.tokens.map { $0.map(Float.init(nearest:)) })
        #expect(floats == exact.map { $0.map(Float.init(nearest:)) }, "seed \(seed)")
      }
    }
  }

  @Test("Shrinking states run in floats, nearly right")
  func roundedFloats() throws {
    for seed in 0..<100 {
      let sample = try PathCase(seed: seed, matrices: MatrixKind.hawks)
      let exact = sample.path.run(sample.tokens).map { $0.map(Double.init(nearest:)) }
      let stack = try lowered(path: sample.path, to: .griffin)
      let doubles = try stack.run(sample.tokens.map { $0.map(Double.init(nearest:)) })
      let scale = exact.joined().reduce(1) { max($0, abs($1)) }
      for (found, exact) in zip(doubles.joined(), exact.joined()) {
        #expect(abs(found - exact) < 1e-9 * scale, "seed \(seed)")
      }
    }
  }

  static func decaysAreAdmissible(_ stack: LayerStack) -> Bool {
    stack.layers.allSatisfy { layer in
      guard case .hawk(let block) = layer else { return false }
      guard case .recurrence(let recurrence) = block.mixing else { return true }
      return recurrence.hasAdmissibleDecays
    }
  }
}
