import Architectures
import ExactArithmetic
import LSRL
import Testing

@testable import Verification

@Suite("Weights without influence")
struct InfluenceTests {
  private static func stack(
    recurrence: Matrix, readOut: Matrix, output: MLP? = nil
  ) -> LayerStack {
    let size = recurrence.rowCount
    return LayerStack(
      architecture: .linearRNN, inputDimension: 1,
      layers: [
        .linearRNN(
          LinearRNNLayer(
            recurrence: recurrence,
            input: AffineMap(Matrix(dense: Array(repeating: [1], count: size))),
            initial: Array(repeating: 0, count: size), output: output ?? MLP([.identity(size)])))
      ], readOut: AffineMap(readOut))
  }

  private static func isDead(
    _ stack: LayerStack, _ name: String, _ row: Int, _ column: Int = 0,
    in range: Interval = .everything
  ) -> Bool {
    stack.isDead(name, row: row, column: column, ranges: [range])
  }

  @Test("A coordinate that nobody reads, directly or later, is dead")
  func unread() {
    let stack = Self.stack(recurrence: [[1, 0], [1, 1]], readOut: [[1, 0]])
    #expect(Self.isDead(stack, "layers.0.recurrence", 1, 1))
    #expect(Self.isDead(stack, "layers.0.input.matrix", 1))
    #expect(Self.isDead(stack, "layers.0.initial", 1))
    #expect(!Self.isDead(stack, "layers.0.recurrence", 0, 0))
    #expect(!Self.isDead(stack, "layers.0.recurrence", 0, 1), "zero, but it would be read")
    #expect(!Self.isDead(stack, "readOut.offset", 0))
    let later = Self.stack(recurrence: [[0, 1], [0, 0]], readOut: [[1, 0]])
    #expect(!Self.isDead(later, "layers.0.input.matrix", 1), "seen a token later")
  }

  @Test("What a ReLU never lets through is dead, if the inputs are known not to let it")
  func closedReLU() {
    let output = MLP([AffineMap([[-1]], offset: [-1]), AffineMap([[1]])])
    let stack = Self.stack(recurrence: [[0]], readOut: [[1]], output: output)
    #expect(Self.isDead(stack, "layers.0.output.1.matrix", 0, 0, in: .nonnegative))
    #expect(!Self.isDead(stack, "layers.0.output.1.matrix", 0, 0))
    #expect(!Self.isDead(stack, "layers.0.output.0.offset", 0, 0, in: .nonnegative))
  }

  @Test("A ReLU that stays closed for all numbers between two is indifferent to these")
  func indifferent() {
    let output = MLP([AffineMap([[-1]], offset: [-1]), AffineMap([[1]])])
    let stack = Self.stack(recurrence: [[0]], readOut: [[1]], output: output)
    func isIndifferent(to new: Rational, in range: Interval) -> Bool {
      stack.isIndifferent(
        to: "layers.0.output.0.offset", row: 0, column: 0, from: -1, to: new, ranges: [range])
    }
    #expect(isIndifferent(to: -2, in: .nonnegative))
    #expect(isIndifferent(to: 0, in: .nonnegative))
    #expect(!isIndifferent(to: Rational(1, 100), in: .nonnegative))
    #expect(isIndifferent(to: Rational(1, 100), in: Interval(Rational(1, 100), nil)))
    #expect(!isIndifferent(to: -2, in: .everything))
  }

  @Test("A state that grows for ever is followed to the end")
  func growth() {
    let stack = Self.stack(recurrence: [[2, 0], [0, 3]], readOut: [[1, 0]])
    #expect(Self.isDead(stack, "layers.0.recurrence", 1, 1, in: Interval(0, 1)))
    #expect(!Self.isDead(stack, "layers.0.recurrence", 0, 0, in: Interval(0, 1)))
  }

  @Test("No weight that is called dead is ever caught", arguments: Architecture.allCases)
  func sound(architecture: Architecture) throws {
    let program = try ProgramText(
      parsing: """
        ForEach:
          x = Input(dim=2, range=[-1, 2])
          s = LinState(x, A=[[0, 0], [1, 0]], B=[[1, -1], [0, 2]], bias=[[1], [0]])
          y = ReLU(s)
          return y[0] - y[1]
        """, file: "test.lsrl"
    ).program
    var tokens: [[[Rational]]] = []
    var random = SystemRandomNumberGenerator()
    for _ in 0..<10 {
      tokens.append(
        (0..<5).map { _ in
          [Rational(Int.random(in: -1...2, using: &random)), Rational(Int.random(in: -2...4), 2)]
        })
    }
    let compilation = Compilation(program, for: [architecture])
    let stack = try compilation.stacks[0].stack.get()
    let study = try #require(MutationStudy(of: program, as: stack, on: tokens))
    let right = try stack.exactOutputs(on: tokens)
    var (dead, caught) = (0, 0)
    for weight in stack.weights {
      for row in 0..<weight.values.rowCount {
        for column in 0..<weight.values.columnCount {
          let old = weight[row, column]
          let changes = [old + 1, -2, Rational(1, 8)].filter { $0 != old }
          let isDead = stack.isDead(
            weight.name, row: row, column: column, ranges: program.inputRanges)
          guard isDead else {
            let changed = try #require(
              stack.replacing(weight.name, row: row, column: column, by: changes[0]))
            if (try? changed.exactOutputs(on: tokens)) != right { caught += 1 }
            continue
          }
          dead += 1
          for new in changes {
            let mutation = WeightMutation(
              name: weight.name, row: row, column: column, old: old, new: new)
            #expect(study.fate(of: mutation) == .dead, "\(mutation)")
          }
        }
      }
    }
    #expect(caught > 10, "\(caught) caught, \(dead) dead")
  }

  @Test("A stack that is wrong unchanged cannot be studied")
  func wrong() throws {
    let program = try ProgramText(
      parsing: "ForEach:\n  x = Input(dim=1)\n  return x + 1", file: "test.lsrl"
    ).program
    let stack = Self.stack(recurrence: [[0]], readOut: [[1]])
    #expect(MutationStudy(of: program, as: stack, on: [[[1]]]) == nil)
  }
}

@Suite("Depth of a stack")
struct ChainDepthTests {
  @Test("Products and ReLUs in a row, from the token to the output")
  func depth() {
    let stack = LayerStack(
      architecture: .linearRNN, inputDimension: 1,
      layers: [
        .linearRNN(
          LinearRNNLayer(
            recurrence: [[1]], input: .identity(1), initial: [0],
            output: MLP([.identity(1), .identity(1)])))
      ], readOut: .identity(1))
    // Input, MLP, ReLU, MLP, read-out.
    #expect(stack.depth == 5)
  }
}
