import Architectures
import ExactArithmetic
import Testing

@Suite("Linear and Gated Linear RNN")
struct LinearLayerTests {
  @Test("s ← A s + B x + b, y = φ(s), by hand")
  func linear() throws {
    // s ← s/2 + 2x + 1 from 4; φ(s) = |s| − 3.
    let layer = LinearRNNLayer(
      recurrence: [[Rational(1, 2)]], input: AffineMap([[2]], offset: [1]), initial: [4],
      output: MLP([AffineMap([[1], [-1]]), AffineMap([[1, 1]], offset: [-3])]))
    let stack = LayerStack(
      architecture: .linearRNN, inputDimension: 1, layers: [.linearRNN(layer)],
      readOut: AffineMap([[10]], offset: [1]))
    // s: 4 → 2+2+1 = 5 → 5/2 − 8 + 1 = −9/2 → −9/4 + 0 + 1 = −5/4
    let outputs = try stack.run([[1], [-4], [0]] as [[Rational]])
    #expect(outputs == [[21], [16], [Rational(-33, 2)]])
    #expect(try stack.run([[1], [-4], [0]] as [[Double]]) == [[21], [16], [-16.5]])
    #expect(try stack.run([[1], [-4], [0]] as [[Float]]) == [[21], [16], [-16.5]])
    #expect(layer.width == 2)
  }

  @Test("y = γ(x) ⊙ φ(s), by hand, with both factors negative")
  func gated() throws {
    // s ← s + x; γ(x) = −x, φ(s) = s − 5.
    let layer = GatedLinearRNNLayer(
      recurrence: [[1]], input: .identity(1), initial: [0],
      gate: MLP([AffineMap([[-1]])]), output: MLP([AffineMap([[1]], offset: [-5])]))
    let stack = LayerStack(
      architecture: .gatedLinearRNN, inputDimension: 1, layers: [.gatedLinearRNN(layer)],
      readOut: .identity(1))
    #expect(try stack.run([[1], [2], [4]] as [[Rational]]) == [[4], [4], [-8]])
  }

  @Test("An interval run encloses the runs of its members")
  func intervals() throws {
    let layer = LinearRNNLayer(
      recurrence: [[1]], input: .identity(1), initial: [0],
      output: MLP([.identity(1), AffineMap([[2]])]))
    let stack = LayerStack(
      architecture: .linearRNN, inputDimension: 1, layers: [.linearRNN(layer)],
      readOut: .identity(1))
    let ranges = try stack.run([[Interval(-1, 2)], [Interval(-1, 2)]])
    #expect(ranges == [[Interval(0, 4)], [Interval(0, 8)]], "φ is 2 σ(s)")
  }

  /// Sums in binary64 that come out differently in any other order.
  @Test("In floats: bias first, then A's columns, then B's, ascending, without fused products")
  func floatOrder() throws {
    func output(_ recurrence: Matrix, _ input: AffineMap, _ initial: [Rational], _ token: [Double])
      throws -> Double
    {
      let size = initial.count
      let layer = LinearRNNLayer(
        recurrence: recurrence, input: input, initial: initial,
        output: MLP([.identity(size)]))
      let stack = LayerStack(
        architecture: .linearRNN, inputDimension: token.count, layers: [.linearRNN(layer)],
        readOut: AffineMap(Matrix.selection(of: 0..<1, from: size)))
      return try stack.run([token])[0][0]
    }
    let one = AffineMap([[1, 1, 1]], offset: [1])
    #expect(try output([[0]], one, [0], [1, 1e16, -1e16]) == 2)
    #expect(try output([[0]], one, [0], [1e16, 1, -1e16]) == 0)
    #expect(try output([[1]], AffineMap([[1, 1]], offset: [1]), [1], [1e16, -1e16]) == 2)
    let near = 1 + 0x1p-27
    let factor = Rational(1) + Rational(1, 1 << 27)
    #expect(try output([[0]], AffineMap([[factor]], offset: [-1]), [0], [near]) == 0x1p-26)
  }

  @Test("An MLP has ReLUs between its maps and none at its end; ReLU is applied by the next map")
  func mlp() throws {
    let mlp = MLP([AffineMap([[1]], offset: [-1]), AffineMap([[-3]])])
    let layer = LinearRNNLayer(
      recurrence: [[0]], input: .identity(1), initial: [0], output: mlp)
    let stack = LayerStack(
      architecture: .linearRNN, inputDimension: 1, layers: [.linearRNN(layer)],
      readOut: .identity(1))
    #expect(try stack.run([[0], [3]] as [[Rational]]) == [[0], [-6]])
  }
}
