import Architectures
import ExactArithmetic
import LSRL

/// A recurrence for each stage of a state, a gated MLP for each ReLU and each multiplication, two
/// of them a layer where a recurrence comes first; linears are folded into what follows them. A
/// `GatedLinearRNNLayer` with k ReLUs in its deeper MLP, as a path, takes k + 2 parts.
///
/// - ReLU of v: 1 · σ(v). A hidden unit for each coordinate.
/// - Product of p and q: p σ(q) − p σ(−q). Two hidden units for each coordinate, one where a sign is
///   known.
/// - State: `StatePlan`. A channel for each term: its row is u, its lag a tap of the convolution.
///   States start at 0 here: s′ = s − s₀ has the offset b + (A − I) s₀, and s₀ is added behind.
///
/// Beside, a channel or unit for each number that is read for the last time: see `HawkStream`. What
/// is known to be ≥ 0 or goes on as it is costs nothing.
func hawk(
  _ path: PathGraph, _ options: LoweringOptions, family: HawkBlock.Family
) throws(LoweringRefusal) -> LayerStack {
  var lowering = HawkLowering(path, options, family)
  for position in path.steps.indices { try lowering.append(position) }
  return lowering.stack
}

private struct HawkLowering {
  let path: PathGraph
  let options: LoweringOptions
  let family: HawkBlock.Family
  let ranges: [[Interval]]
  var stream: HawkStream
  var planner: StatePlanner

  /// The value on the path as a function of the stream's signals.
  var wire: AffineMap

  init(_ path: PathGraph, _ options: LoweringOptions, _ family: HawkBlock.Family) {
    self.path = path
    self.options = options
    self.family = family
    ranges = options.knownRanges(of: path)
    stream = HawkStream(inputDimension: path.inputDimension)
    planner = StatePlanner(family.architecture, path, options)
    wire = .identity(path.inputDimension)
  }

  var stack: LayerStack {
    let layers = stream.layers(of: family, resetsAtStart: options.resetsAtStart)
    let isEmpty = layers.isEmpty
    return LayerStack(
      architecture: family.architecture, inputDimension: path.inputDimension,
      embedding: isEmpty ? .token : .tokenAndZeros, layers: layers,
      readOut: stream.placed(wire),
      maximumLength: planner.isUnrolled ? options.maximumLength : nil)
  }

  mutating func append(_ position: Int) throws(LoweringRefusal) {
    switch path.steps[position].operation {
    case .linear(let map): wire = map.composed(after: wire)
    case .relu:
      append(
        .mlp,
        ranges[position].indices.map { wire.row($0).rectified(knowing: ranges[position][$0]) })
    case .multiply:
      let half = wire.outputDimension / 2
      append(
        .mlp,
        (0..<half).map { index in
          wire.row(index).multiplied(
            by: wire.row(half + index), knowing: ranges[position][index],
            ranges[position][half + index])
        })
    case .linState(let state): try appendState(state, at: position)
    case .input, .slice, .concat: preconditionFailure("step \(position) is not of a path")
    }
  }

  private mutating func append(_ kind: HawkPart.Kind, _ outputs: [[HawkStream.Term]]) {
    stream.append(kind, outputs)
    wire = .identity(outputs.count)
  }

  private mutating func appendState(
    _ state: LinState, at position: Int
  ) throws(LoweringRefusal) {
    let components = StateMatrixClass.components(of: state.recurrence)
    let plans = try planner.plans(for: components, at: position, obstacles: \.hawkObstacles)
    // w, for each component in turn.
    wire = state.inputFromZero.selecting(components.flatMap(\.coordinates)).composed(after: wire)
    for stage in 0..<(plans.map(\.stages.count).max() ?? 0) {
      let signals = AffineMap(plans.rows(of: stage)).composed(after: wire)
      var index = 0
      let outputs = plans.flatMap { $0.stages[stage] }.map { terms in
        terms.map { term in
          defer { index += 1 }
          return HawkStream.Term(signal: signals.row(index), lag: term.lag, decay: term.decay)
        }
      }
      append(.recurrence, outputs)
    }
    wire = AffineMap(
      plans.readOut(of: components, dimension: state.dimension), offset: state.initial)
  }
}

extension LoweringOptions {
  /// Enclosures of the values on the path: those given, or else what follows from the path alone.
  func knownRanges(of path: PathGraph) -> [[Interval]] {
    guard let ranges else {
      let everything = [Interval](repeating: .everything, count: path.inputDimension)
      return path.graph.ranges(ofInputs: everything)
    }
    precondition(
      zip(ranges, path.dimensions).allSatisfy { $0.count == $1 }
        && ranges.count == path.dimensions.count,
      "ranges that are not of this path")
    return ranges
  }
}

extension AffineRow {
  /// σ of this row.
  fileprivate func rectified(knowing range: Interval) -> [HawkStream.Term] {
    if range.isNonpositive { return [] }
    if range.isNonnegative { return [HawkStream.Term(signal: self)] }
    return [HawkStream.Term(signal: AffineRow(entries: [], offset: 1), gate: self)]
  }

  /// This row times `other`.
  fileprivate func multiplied(
    by other: AffineRow, knowing range: Interval, _ otherRange: Interval
  ) -> [HawkStream.Term] {
    if range.signs.count < otherRange.signs.count {
      return other.multiplied(by: self, knowing: otherRange, range)
    }
    return otherRange.signs.map { sign in
      HawkStream.Term(signal: self, gate: other.scaled(by: sign), coefficient: sign)
    }
  }
}
