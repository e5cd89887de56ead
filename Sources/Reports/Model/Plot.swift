/// One direction of a plot.
public struct Axis: Hashable, Sendable {
  public enum Scale: Hashable, Sendable {
    case linear

    /// Zero and infinity have places of their own beyond the ends.
    case log(base: Int)
  }

  public var label: String

  /// What is counted or measured; nil for pure numbers.
  public var unit: String?
  public var scale: Scale

  public init(_ label: String, unit: String? = nil, _ scale: Scale = .linear) {
    self.label = label
    self.unit = unit
    self.scale = scale
  }

  var title: String { unit.map { "\(label) [\($0)]" } ?? label }
}

/// Lines, steps, bands and points over a common pair of axes.
public struct Plot: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  public enum Mark: String, Hashable, Sendable {
    case line

    /// Level around each point, for what changes from token to token.
    case steps

    /// Steps, and all that is below them: where something certainly lies.
    case band
    case points
  }

  public struct Series: Hashable, Sendable {
    public var name: String
    public var mark: Mark

    /// Series of the same hue belong together, such as a bound and what was observed. It chooses
    /// dashes and the shape of points too.
    public var hue: Int

    /// In the order of x.
    public var points: [Point]

    public init(_ name: String, _ mark: Mark, hue: Int, _ points: [Point]) {
      self.name = name
      self.mark = mark
      self.hue = hue
      self.points = points
    }
  }

  /// A line across, such as the precision of a format.
  public struct Level: Hashable, Sendable {
    public var name: String
    public var y: Double

    public init(_ name: String, _ y: Double) {
      self.name = name
      self.y = y
    }
  }

  public var title: String
  public var x: Axis
  public var y: Axis
  public var series: [Series]
  public var levels: [Level]

  public init(
    _ title: String, x: Axis, y: Axis, series: [Series], levels: [Level] = []
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.levels = levels
  }
}

/// Points in rows, by category, with the median of each row.
public struct StripPlot: Hashable, Sendable {
  /// The points of one source in a row.
  public struct Strip: Hashable, Sendable {
    public var row: String

    /// Which of `sources` the points come from.
    public var source: Int
    public var values: [Double]

    public init(_ row: String, source: Int, _ values: [Double]) {
      self.row = row
      self.source = source
      self.values = values
    }
  }

  public struct Group: Hashable, Sendable {
    public var name: String
    public var strips: [Strip]

    public init(_ name: String, _ strips: [Strip]) {
      self.name = name
      self.strips = strips
    }
  }

  public var title: String
  public var axis: Axis
  public var rowLabel: String
  public var sources: [String]
  public var groups: [Group]

  public init(
    _ title: String, axis: Axis, rowLabel: String, sources: [String], groups: [Group]
  ) {
    self.title = title
    self.axis = axis
    self.rowLabel = rowLabel
    self.sources = sources
    self.groups = groups
  }
}
