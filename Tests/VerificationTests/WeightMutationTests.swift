import Architectures
import ExactArithmetic
import LSRL
import Testing

@testable import Verification

@Suite("What becomes of a network with one weight changed")
struct WeightMutationTests {
  private static func program(_ text: String) throws -> Program {
    try ProgramText(parsing: "ForEach:\n\(text)", file: "test.lsrl").program
  }

  /// Hawk with two channels that both hold the token; the first is the output.
  private static func hawk(recurrenceGate: Matrix) -> LayerStack {
    let recurrence = HawkRecurrence(
      input: AffineMap([[1, 0], [1, 0]]),
      convolution: .depthwise([[1, 0, 0, 0], [1, 0, 0, 0]]), convolutionBias: [0, 0],
      decay: [0, 0],
      recurrenceGate: AffineMap(recurrenceGate, offset: [Rational(1, 8), Rational(1, 8)]),
      inputGate: AffineMap(.zero(2, 2), offset: [1, 1]),
      gate: AffineMap(.zero(2, 2), offset: [1, 1]),
      output: AffineMap([[0, 0], [1, 0]]))
    let mlp = GatedMLP(
      up: AffineMap(.zero(0, 2)), gate: AffineMap(.zero(0, 2)), down: AffineMap(.zero(2, 0)))
    return LayerStack(
      architecture: .hawk, inputDimension: 1, embedding: .tokenAndZeros,
      layers: [
        .hawk(HawkBlock(family: .hawk, mixing: .recurrence(recurrence), mlp: mlp))
      ], readOut: AffineMap([[0, 1]]))
  }

  private static func fate(
    ofGate row: Int, _ column: Int, to new: Rational, of gate: Matrix = .zero(2, 2),
    range: String, on tokens: [Rational]
  ) throws -> MutationFate {
    let program = try program("  x = Input(dim=1, range=\(range))\n  return Linear(x, A=[[1]])")
    let stack = hawk(recurrenceGate: gate)
    let study = try #require(MutationStudy(of: program, as: stack, on: [tokens.map { [$0] }]))
    return study.fate(
      of: WeightMutation(
        name: "layers.0.recurrence.recurrenceGate.matrix", row: row, column: column,
        old: gate.row(row).first { $0.column == column }?.value ?? 0, new: new))
  }

  @Test("A gate over a decay of 0 that varies, but is always open, has no effect")
  func openGate() throws {
    #expect(try Self.fate(ofGate: 0, 0, to: 1, range: "[0, 1]", on: [0, 1]) == .harmless)
    // 1/8 + x − x: not by intervals.
    #expect(
      try Self.fate(ofGate: 0, 1, to: -1, of: [[1, 0], [0, 0]], range: "[0, 3]", on: [0, 1])
        == .harmless)
    // 1/8 − x, up to 1/16 and up to 1.
    #expect(
      try Self.fate(ofGate: 0, 0, to: -1, range: "[0, 1/16]", on: [0, Rational(1, 16)])
        == .harmless)
    #expect(
      try Self.fate(ofGate: 0, 0, to: -1, range: "[0, 1]", on: [0, 1]) == .caught(sequence: 0))
  }

  @Test("A gate that can close is not called harmless, even if no sequence shows it")
  func closingGate() throws {
    let fate = try Self.fate(ofGate: 0, 0, to: -1, range: "[0, 1]", on: [0, Rational(1, 100)])
    guard case .undecided = fate else {
      Issue.record("\(fate)")
      return
    }
  }

  @Test("Whatever the gate does over a decay of 0, a channel that nobody reads is dead")
  func unreadChannel() throws {
    for new: Rational in [1, -1, -1000] {
      #expect(try Self.fate(ofGate: 1, 0, to: new, range: "[0, 1]", on: [0, 1]) == .dead)
    }
  }

  /// A unit that is ReLU of the token, and one that doubles: its gate is 1, its candidate twice
  /// itself.
  private static func gru(readOut: Matrix) -> LayerStack {
    LayerStack(
      architecture: .gru, inputDimension: 1,
      layers: [
        .gru(
          GRULayer(
            update: .constant([1, 1], reading: 1), reset: .constant([1, 1], reading: 1),
            candidate: RecurrentMap(input: AffineMap([[1], [0]]), recurrence: [[0, 0], [0, 2]]),
            initial: [0, 1]))
      ], readOut: AffineMap(readOut))
  }

  /// With its gate 1 + h, the second unit squares itself in each step.
  private static let squaring = WeightMutation(
    name: "layers.0.update.recurrence", row: 1, column: 1, old: 0, new: 1)

  @Test("Numbers that explode where nobody looks end the comparison, and are no difference")
  func explosion() throws {
    let tokens = (0..<40).map { [Rational($0 - 20)] }
    let rectified = try Self.program("  x = Input(dim=1)\n  return ReLU(x)")
    let unread = try #require(
      MutationStudy(of: rectified, as: Self.gru(readOut: [[1, 0]]), on: [tokens]))
    #expect(unread.fate(of: Self.squaring) == .dead)

    let powers = try Self.program(
      "  x = Input(dim=1)\n  return LinState(x, A=[[2]], B=[[0]], init_state=[1])")
    let read = try #require(
      MutationStudy(of: powers, as: Self.gru(readOut: [[0, 1]]), on: [tokens]))
    #expect(read.fate(of: Self.squaring) == .caught(sequence: 0))
  }
}
