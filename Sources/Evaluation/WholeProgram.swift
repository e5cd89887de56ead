import ExactArithmetic
import LSRL

/// A tape in whole numbers: each register holds its value times a scale of its own, so chosen that
/// every weight and offset is an integer.
///
/// A row's scale is what its weights ask for, over the scales of what it reads; ReLU keeps scales,
/// as they are positive, and products multiply them. A state's scale must suit its initial value
/// and its own update, for ever: s ← s/3 + x has none. Rows without products are constants, which
/// are folded into what reads them.
///
/// Scales depend on the tokens by their common denominator only.
struct WholeProgram: Sendable {
  let program: LaneProgram<Double>

  /// What tokens are multiplied with.
  let inputScale: Int64

  /// What the program's results are multiplied with, by output; nil: nothing to multiply with.
  let outputFactors: [Rational]?

  /// Weights larger than this do not fit in a double.
  static let largestWeight = Int64(1) << 53

  /// Whether all numbers are whole. Otherwise some are fractions over powers of two, as doubles
  /// are anyway: s ← s/2 + x can do without a scale.
  let isWhole: Bool

  /// By state and coordinate.
  private let stateScales: [[Int64]]

  /// How often the scales of states may be found too small: first without halves, then with.
  private static let patience = (whole: 4, halves: 8)

  /// Nil if there are no such scales, or only huge ones. `smaller`: the same tape's program for
  /// tokens of another scale. If that one divides this one, so do the scales of states, and they
  /// need not be looked for from the beginning.
  init?(
    _ tape: Tape, inputScale: Int64, after smaller: WholeProgram? = nil,
    registerLimit: Int = FloatEngine<Double>.registerLimit
  ) {
    let layout = RegisterLayout(tape)
    guard layout.count + WholeCode.poolSize <= registerLimit else { return nil }
    do throws(NotWhole) {
      var stateScales: [[Int64]] = []
      for state in tape.states {
        var scales: [Int64] = []
        for number in state.initial { scales.append(try Ratio(number).bottom) }
        stateScales.append(scales)
      }
      let first = stateScales
      var allowsHalves = false
      if let smaller, inputScale % smaller.inputScale == 0 {
        allowsHalves = !smaller.isWhole
        stateScales = smaller.stateScales
      }
      var attempts = 0
      while attempts < (allowsHalves ? WholeProgram.patience.halves : WholeProgram.patience.whole) {
        attempts += 1
        var code = WholeCode(
          tape, layout, inputScale, stateScales, allowsHalves: allowsHalves)
        try code.run()
        if !allowsHalves, code.needsHalves || attempts == WholeProgram.patience.whole {
          allowsHalves = true
          attempts = 0
          stateScales = first
          continue
        }
        if code.stateScales == stateScales {
          program = try code.finish()
          isWhole = !allowsHalves
          self.inputScale = inputScale
          self.stateScales = stateScales
          outputFactors = code.outputFactors
          return
        }
        stateScales = code.stateScales
      }
      return nil
    } catch {
      return nil
    }
  }
}
