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
      var search = try ScaleSearch(tape.states)
      if let smaller, inputScale % smaller.inputScale == 0 {
        search.restart(from: smaller.stateScales, allowsHalves: !smaller.isWhole)
      }
      repeat {
        var code = WholeCode(
          tape, layout, inputScale, search.scales, allowsHalves: search.allowsHalves)
        try code.run()
        if code.needsHalves, !search.allowsHalves {
          search.allowHalves()
        } else if code.stateScales == search.scales {
          program = try code.finish()
          isWhole = !search.allowsHalves
          self.inputScale = inputScale
          stateScales = search.scales
          outputFactors = code.outputFactors
          return
        } else {
          search.take(code.stateScales)
        }
      } while !search.isHopeless
      return nil
    } catch {
      return nil
    }
  }
}

/// The search for scales of states that suit their own updates: each pass over the tape tells which
/// are too small, by what factor. First all numbers are to be whole; then halves may be left.
private struct ScaleSearch {
  /// By state and coordinate.
  private(set) var scales: [[Int64]]
  private(set) var allowsHalves = false
  private(set) var isHopeless = false

  /// Passes of this kind so far that found a scale too small.
  private var passes = 0

  /// By state and coordinate, how many passes asked for more than a power of two.
  private var growths: [[UInt8]]

  private static let patience = (whole: 3, halves: 8)

  /// What s ← s/3 + x asks for, it asks for in every pass. A state that reads other states may ask
  /// for more once theirs are known, but chains that are longer have not been met.
  private static let mostGrowths: UInt8 = 2

  /// Starts with what the initial values need.
  init(_ states: [Tape.State]) throws(NotWhole) {
    scales = []
    for state in states {
      var needed: [Int64] = []
      for number in state.initial { needed.append(try Ratio(number).bottom) }
      scales.append(needed)
    }
    growths = scales.map { $0.map { _ in 0 } }
  }

  mutating func restart(from scales: [[Int64]], allowsHalves: Bool) {
    self.scales = scales
    self.allowsHalves = allowsHalves
  }

  /// Powers of two are no longer needed in the scales.
  mutating func allowHalves() {
    allowsHalves = true
    passes = 0
    scales = scales.map { $0.map { $0 >> $0.trailingZeroBitCount } }
  }

  /// What a pass has found to be needed, multiples of what there was.
  mutating func take(_ needed: [[Int64]]) {
    for state in needed.indices {
      for index in needed[state].indices {
        let factor = needed[state][index] / scales[state][index]
        guard factor & (factor - 1) != 0 else { continue }
        growths[state][index] += 1
        if growths[state][index] > ScaleSearch.mostGrowths { isHopeless = true }
      }
    }
    scales = needed
    passes += 1
    if allowsHalves {
      if passes == ScaleSearch.patience.halves { isHopeless = true }
    } else if passes == ScaleSearch.patience.whole {
      allowHalves()
    }
  }
}
