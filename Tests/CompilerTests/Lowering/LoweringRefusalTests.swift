import Architectures
import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("Refusals to lower")
struct LoweringRefusalTests {
  private static func refusal(
    _ path: PathGraph, _ architecture: Architecture, _ options: LoweringOptions = LoweringOptions()
  ) -> LoweringRefusal? {
    do {
      _ = try lowered(path: path, to: architecture, options: options)
      return nil
    } catch {
      return error
    }
  }

  @Test("A Linear RNN refuses multiplications, naming the node")
  func multiplication() throws {
    let path = try PathGraph(
      inputDimension: 2,
      steps: [PathGraph.Step(.relu), PathGraph.Step(.multiply, origins: [12, 14])])
    let refusal = try #require(Self.refusal(path, .linearRNN))
    #expect(refusal.reason == .multiplication)
    #expect(refusal.offenders == [12, 14])
    #expect(
      refusal.description
        == "step 1 (n12, n14): a Linear RNN never multiplies two signals; compile to "
        + "gated-linear-rnn, or use a variant of f_ifelse without Multi")
  }

  @Test(
    "Mamba names what is wrong with a state matrix",
    arguments: [
      ([[-1]], [.negativeEigenvalue(-1)]),
      ([[2]], [.eigenvalueAboveOne(2)]),
      ([[1, 1], [1, 0]], [.negativeEigenvalue(nil), .eigenvalueAboveOne(nil)]),
      ([[0, 1], [1, 0]], [.negativeEigenvalue(-1)]),
      ([[0, -1], [1, 0]], [.complexEigenvalues]),
      ([[0, 1, 0], [0, 0, 1], [1, 0, 0]], [.complexEigenvalues]),
      // x² − x + 1/8: both roots real, irrational, inside [0, 1].
      ([[0, Rational(-1, 8)], [1, 1]], [.irrationalEigenvalue]),
    ] as [(Matrix, [StateObstacle.Kind])])
  func obstacles(matrix: Matrix, kinds: [StateObstacle.Kind]) throws {
    let refusal = try #require(Self.refusal(PathCase.state(matrix), .mamba))
    let coordinates = Array(0..<matrix.rowCount)
    #expect(
      refusal.reason
        == .stateMatrix(kinds.map { StateObstacle(coordinates: coordinates, kind: $0) }))
    #expect(refusal.offenders == [7] && refusal.step == 0)
    #expect(refusal.description.hasSuffix("; bound the length with --max-length T"))
    let options = LoweringOptions(maximumLength: 5)
    #expect(try Self.refusal(PathCase.state(matrix), .mamba, options) == nil)
  }

  @Test("Every offending component is named, by coordinates of the state")
  func components() throws {
    let matrix: Matrix = [[0, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -2]]
    let refusal = try #require(Self.refusal(PathCase.state(matrix), .mamba))
    #expect(
      refusal.reason
        == .stateMatrix([
          StateObstacle(coordinates: [0, 2], kind: .negativeEigenvalue(-1)),
          StateObstacle(coordinates: [3], kind: .negativeEigenvalue(-2)),
        ]))
    #expect(
      refusal.description
        == "step 0 (n7): the state of a Mamba can only keep or shrink, each channel by a factor "
        + "from 0 to 1: the block of 2 coordinates from 0 has a negative eigenvalue (-1); "
        + "coordinate 3 has a negative eigenvalue (-2); bound the length with --max-length T")
  }

  @Test("Lengths without bound are refused before anything is computed")
  func lengths() throws {
    let turning = try PathCase.state([[0, -1], [1, 0]])
    for length in [LoweringOptions.longestBound + 1, .max] {
      let refusal = try #require(
        Self.refusal(turning, .mamba, LoweringOptions(maximumLength: length)))
      #expect(refusal.reason == .lengthBoundTooLarge(requested: length))
    }
    for length in [Int.min, -1, 0, 1] {
      #expect(Self.refusal(turning, .mamba, LoweringOptions(maximumLength: length)) == nil)
    }
    let growing = try PathCase.state(
      Matrix(dense: (0..<20).map { row in (0..<20).map { Rational(row - $0 + 3, row + 2) } }))
    let refusal = try #require(
      Self.refusal(growing, .mamba, LoweringOptions(maximumLength: 9_000)))
    #expect(refusal.reason == .lengthBoundTooLarge(requested: 9_000))
  }

  @Test("States that take too many layers are refused before they are built")
  func tooLarge() throws {
    let size = 4000
    let accumulating = Matrix(
      columnCount: size,
      rows: (0..<size).map { row in
        [row - 1, row].filter { $0 >= 0 }.map { .init(column: $0, value: 1) }
      })
    let refusal = try #require(Self.refusal(PathCase.state(accumulating), .mamba))
    #expect(refusal.reason == .tooLarge(dimension: size))
    // A long component makes the others wait for it.
    let waiting = Matrix.blockDiagonal([
      accumulating.restricted(to: 0..<200), .identity(6000),
    ])
    let second = try #require(Self.refusal(PathCase.state(waiting), .mamba))
    #expect(second.reason == .tooLarge(dimension: 6200))
    #expect(try Self.refusal(PathCase.state(accumulating), .linearRNN) == nil)
  }

  @Test("A refusal is right: no random state with eigenvalues in [0, 1] is refused")
  func noFalseRefusals() throws {
    for seed in 0..<300 {
      var dice = Dice(seed: seed)
      let matrix = dice.matrix(dice.pick(MatrixKind.decaying), dice.roll(1...5), [1, 2, 3, 4])
      let path = try PathCase.state(matrix)
      #expect(Self.refusal(path, .mamba) == nil, "\(matrix)")
    }
  }
}
