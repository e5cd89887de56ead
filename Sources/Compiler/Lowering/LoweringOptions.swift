import ExactArithmetic

/// What a lowering may assume and how far it may go.
public struct LoweringOptions: Hashable, Sendable {
  /// Sequences longer than this need not come out right. With a bound, states beyond the
  /// architecture are unrolled over as many layers as the bound asks for; nil: every length.
  public var maximumLength: Int?

  /// Enclosures of the values on the path, as from `Graph.ranges(ofInputs:)`: element k holds for
  /// the value after k steps (0: the input), coordinate by coordinate. Channels that they prove to
  /// be zero are left out. The network is then right only for inputs that keep to the ranges; nil:
  /// nothing is assumed.
  public var ranges: [[Interval]]?

  /// Whether the recurrences of Hawk and Griffin reset at the first token
  /// (`HawkRecurrence.resetsAtStart`). Decaying channels then need one more, that tells it.
  public var resetsAtStart: Bool

  /// What the inputs keep to, coordinate by coordinate: where there are no `ranges`, they are
  /// computed from these.
  public var inputRanges: [Interval]?

  /// How a state of the path starts in a cell.
  public enum InitialState: Hashable, Sendable {
    /// The cell's initial state is the path's.
    case passed

    /// The cell starts at zero, as libraries do unless told otherwise: it computes s − s₀, with the
    /// offset b + (A − I) s₀, and s₀ is added behind it.
    case shifted
  }

  /// For RNN, Gated RNN, LSTM and GRU. (Linear RNNs pass, state spaces shift.)
  public var initialState = InitialState.passed

  /// Whether an LSTM keeps states with a diagonal, nonnegative matrix in its cell c by the forget
  /// gate; otherwise, and all others, in h by the recurrence of the output gate.
  public var keepsStatesInCell = false

  public init(
    maximumLength: Int? = nil, ranges: [[Interval]]? = nil, resetsAtStart: Bool = false
  ) {
    self.maximumLength = maximumLength
    self.ranges = ranges
    self.resetsAtStart = resetsAtStart
  }

  /// The length that kernels of dense convolutions get where no `maximumLength` says: they are
  /// finite by definition. The stack states it as its own maximum.
  public static let denseKernelLength = 64

  /// The longest `maximumLength` that is tried: each three tokens more cost a layer.
  public static let longestBound = 10_000

  /// States take some signals a layer. This is how many they may take over all layers, so that no
  /// program makes the compiler grow without bound.
  public static let largestSignalCount = 1 << 20
}
