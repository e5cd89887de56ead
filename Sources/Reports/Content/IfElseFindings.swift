/// What was found out about f_ifelse over many λ, in plain values.
public struct IfElseFindings: Sendable {
  /// One question, and what came of it.
  public struct Point: Hashable, Sendable {
    public var lambda: Double

    /// Proved; infinite if nothing is.
    public var bound: Double

    /// The largest that a search found; nil where no result was finite.
    public var observed: Double?

    public init(lambda: Double, bound: Double, observed: Double?) {
      self.lambda = lambda
      self.bound = bound
      self.observed = observed
    }
  }

  /// A variant in one form and one format, over λ.
  public struct Curve: Hashable, Sendable {
    public var variant: String

    /// `written`, `fused guard-first` or `fused guard-last`.
    public var form: String
    public var format: String

    /// `0,1` or `0..1`.
    public var guards: String
    public var points: [Point]

    public init(
      variant: String, form: String, format: String, guards: String, points: [Point]
    ) {
      self.variant = variant
      self.form = form
      self.format = format
      self.guards = guards
      self.points = points
    }
  }

  /// How many bits a variant needs to be exact, by a constant.
  public struct Need: Hashable, Sendable {
    public var variant: String
    public var form: String

    public var points: [BitNeed]

    public init(variant: String, form: String, points: [BitNeed]) {
      self.variant = variant
      self.form = form
      self.points = points
    }
  }

  public var curves: [Curve] = []
  public var needsByMu: [Need] = []
  public var needsByLambda: [Need] = []

  /// |t| and |f| are at most this.
  public var range: String
  public var mu: String

  /// What λ is where needs depend on μ.
  public var smallLambda: String
  public var seed: UInt64

  /// What makes the report again.
  public var command: String

  public init(range: String, mu: String, smallLambda: String, seed: UInt64, command: String) {
    self.range = range
    self.mu = mu
    self.smallLambda = smallLambda
    self.seed = seed
    self.command = command
  }
}

/// How many bits of significand it takes to be exact, with a constant μ or λ.
public struct BitNeed: Hashable, Sendable {
  public var constant: Double

  /// Nil where no number of bits is known to be enough.
  public var bits: Int?

  public init(constant: Double, bits: Int?) {
    self.constant = constant
    self.bits = bits
  }

  var point: Plot.Point { Plot.Point(constant, bits.map(Double.init) ?? .infinity) }
}
