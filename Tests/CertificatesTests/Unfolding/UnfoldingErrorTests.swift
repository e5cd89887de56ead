import Architectures
import Certificates
import ExactArithmetic
import Testing

@Suite("Networks that are no programs")
struct UnfoldingErrorTests {
  private static func error(_ layer: Layer) -> UnfoldingError? {
    let passing = LayerStack(
      architecture: layer.architecture, inputDimension: layer.inputDimension, layers: [layer],
      readOut: .identity(layer.outputDimension))
    do {
      _ = try CellProgram(passing)
      return nil
    } catch {
      return error
    }
  }

  private static func mamba(step: AffineMap, decay: Rational = Rational(1, 2)) -> Layer {
    .mamba(
      MambaBlock(
        input: .identity(1), gate: .identity(1), convolution: [[1, 0, 0, 0]],
        convolutionBias: [0], stepReduction: .identity(1), step: step, writing: [[1]],
        reading: [[1]], decay: [[decay]], skip: [0], output: .identity(1)))
  }

  @Test("Step sizes of Mamba that depend on the input, or are not whole")
  func mambaSteps() {
    let varying = Self.mamba(step: AffineMap([[1]], offset: [1]))
    #expect(Self.error(varying) == UnfoldingError(layer: 0, channel: 0, .varyingStepSize))
    let half = Self.mamba(step: AffineMap([[0]], offset: [Rational(1, 2)]))
    #expect(
      Self.error(half) == UnfoldingError(layer: 0, channel: 0, .stepSize(Rational(1, 2))))
    #expect(Self.error(Self.mamba(step: AffineMap([[0]], offset: [3]))) == nil)
  }

  private static func hawk(gate: AffineMap, decay: Rational) -> Layer {
    .hawk(
      HawkBlock(
        family: .hawk,
        mixing: .recurrence(
          HawkRecurrence(
            input: .identity(1), convolution: .depthwise([[1, 0, 0, 0]]), convolutionBias: [0],
            decay: [decay], recurrenceGate: gate, inputGate: .identity(1), gate: .identity(1),
            output: .identity(1))),
        mlp: GatedMLP(up: .identity(1), gate: .identity(1), down: .identity(1))))
  }

  @Test("Recurrence gates of Hawk that depend on the input, or leave the rationals")
  func hawkGates() {
    let eighth = AffineMap([[0]], offset: [Rational(1, 8)])
    let varying = Self.hawk(gate: AffineMap([[1]], offset: [0]), decay: Rational(3, 5))
    #expect(Self.error(varying) == UnfoldingError(layer: 0, channel: 0, .varyingRecurrenceGate))
    let fraction = Self.hawk(gate: AffineMap([[0]], offset: [Rational(1, 16)]), decay: 4)
    #expect(
      Self.error(fraction) == UnfoldingError(layer: 0, channel: 0, .exponent(Rational(1, 2))))
    // 1 to any power is 1, by the equations as by the program.
    let fixed = Self.hawk(gate: AffineMap([[1]], offset: [0]), decay: 1)
    #expect(Self.error(fixed) == nil)
    #expect(Rational(1).power(Rational(1, 2)) == 1 && Rational(0).power(Rational(1, 2)) == 0)
    let irrational = Self.hawk(gate: eighth, decay: Rational(1, 2))
    #expect(
      Self.error(irrational)
        == UnfoldingError(layer: 0, channel: 0, .multiplier(decay: Rational(1, 2))))
    #expect(Self.error(Self.hawk(gate: eighth, decay: Rational(3, 5))) == nil)
  }

  @Test("Attention that is read")
  func attention() throws {
    let attention = LocalAttention(
      query: .identity(1), key: .identity(1), value: .identity(1), output: .identity(1), window: 2)
    let block = HawkBlock(
      family: .griffin, mixing: .attention(attention),
      mlp: GatedMLP(up: .identity(1), gate: .identity(1), down: .identity(1)))
    let error = try #require(Self.error(.hawk(block)))
    #expect(error == UnfoldingError(layer: 0, channel: nil, .attention))
    #expect(error.description == "layer 0: expected attention whose output is not used")
  }
}
