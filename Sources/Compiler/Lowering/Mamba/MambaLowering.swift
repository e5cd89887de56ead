import Architectures
import ExactArithmetic
import LSRL

/// One block for each ReLU and each multiplication, one or more for each state; linears are folded
/// into what follows them.
///
/// - ReLU of v: u = v, output x. A channel for each coordinate.
/// - Product of p and q: p ⊙ q = Σ over signs s₁ s₂ · σ(s₁ p) σ(s₂ q): u = s₁ p, z = s₂ q. Four
///   channels for each coordinate of the product.
/// - State: `StatePlan`, every channel doubled, since the convolution ends in a ReLU: a signal is
///   the difference of its positive and its negative part, each remembered for itself. States start
///   at 0 here: s′ = s − s₀ has the offset b + (A − I) s₀, and s₀ is added behind the block.
func mamba(_ path: PathGraph, _ options: LoweringOptions) throws(LoweringRefusal) -> LayerStack {
  var lowering = MambaLowering(path, options)
  for position in path.steps.indices { try lowering.append(position) }
  return lowering.stack
}

private struct MambaLowering {
  let path: PathGraph
  let options: LoweringOptions
  var layers: [Layer] = []

  /// The value on the path as a function of h, where the blocks so far give out [h; 1].
  var wire: AffineMap

  var planner: StatePlanner

  init(_ path: PathGraph, _ options: LoweringOptions) {
    self.path = path
    self.options = options
    planner = StatePlanner(.mamba, path, options)
    wire = .identity(path.inputDimension)
  }

  var stack: LayerStack {
    let rows = (0..<wire.outputDimension).map { Array(wire.matrix.row($0)) }
    let matrix = Matrix(columnCount: wire.inputDimension + 1, rows: rows)
    return LayerStack(
      architecture: .mamba, inputDimension: path.inputDimension, embedding: .tokenAndOne,
      layers: layers, readOut: AffineMap(matrix, offset: wire.offset),
      maximumLength: planner.isUnrolled ? options.maximumLength : nil)
  }

  mutating func append(_ position: Int) throws(LoweringRefusal) {
    switch path.steps[position].operation {
    case .linear(let map): wire = map.composed(after: wire)
    case .relu: appendReLU()
    case .multiply: appendProduct(options.ranges(before: position, of: path))
    case .linState(let state): try appendState(state, at: position)
    case .input, .slice, .concat: preconditionFailure("step \(position) is not of a path")
    }
  }

  private mutating func append(_ channels: MambaChannels, remembers: Bool = false) {
    layers.append(channels.block(remembers: remembers))
    wire = .identity(channels.outputDimension)
  }

  private mutating func appendReLU() {
    var channels = MambaChannels(reading: wire.inputDimension)
    for index in 0..<wire.outputDimension {
      channels.beginOutput()
      channels.add(wire.rowWithOffset(index), times: 1)
    }
    append(channels)
  }

  private mutating func appendProduct(_ ranges: [Interval]) {
    var channels = MambaChannels(reading: wire.inputDimension)
    let half = wire.outputDimension / 2
    for index in 0..<half {
      let signal = wire.rowWithOffset(index)
      let gate = wire.rowWithOffset(half + index)
      channels.beginOutput()
      for first in ranges[index].signs {
        for second in ranges[half + index].signs {
          channels.add(
            first > 0 ? signal : signal.negated, gate: second > 0 ? gate : gate.negated,
            times: first * second)
        }
      }
    }
    append(channels)
  }
}

// MARK: - States

extension MambaLowering {
  private mutating func appendState(
    _ state: LinState, at position: Int
  ) throws(LoweringRefusal) {
    let components = StateMatrixClass.components(of: state.recurrence)
    let plans = try planner.plans(for: components, at: position, obstacles: \.obstacles)
    let count = plans.map(\.stages.count).max() ?? 1

    // w, for each component in turn.
    let entering = state.inputFromZero.selecting(components.flatMap(\.coordinates))
    var ranges = entering(options.ranges(before: position, of: path))
    wire = entering.composed(after: wire)
    for stage in 0..<count { ranges = append(stage: stage, of: plans, ranges) }

    wire = AffineMap(
      plans.readOut(of: components, dimension: state.dimension), offset: state.initial)
  }

  /// One block for stage number `stage` of every plan. Takes and returns what is known of the
  /// signals.
  private mutating func append(
    stage: Int, of plans: [StatePlan], _ ranges: [Interval]
  ) -> [Interval] {
    let selection = AffineMap(plans.rows(of: stage))
    let signals = selection.composed(after: wire)
    let known = selection(ranges)

    var channels = MambaChannels(reading: wire.inputDimension)
    var next: [Interval] = []
    var index = 0
    for terms in plans.lazy.flatMap({ $0.stages[stage] }) {
      channels.beginOutput()
      var sum = Interval(0)
      for term in terms {
        let signal = signals.rowWithOffset(index)
        for sign in signal.isEmpty ? [] : known[index].signs {
          channels.add(
            sign > 0 ? signal : signal.negated, lag: term.lag, decay: term.decay, times: sign)
        }
        sum = sum + known[index].remembered(term)
        index += 1
      }
      next.append(sum)
    }
    append(channels, remembers: true)
    return next
  }
}

extension LinState {
  /// x ↦ B x + b + (A − I) s₀: the input of s − s₀, which starts at zero.
  var inputFromZero: AffineMap {
    let moved = recurrence.accumulate(initial, onto: input.offset)
    return AffineMap(input.matrix, offset: zip(moved, initial).map { $0 - $1 })
  }
}

extension Interval {
  /// What a channel with this input can hold: before its lag is over, nothing arrives.
  fileprivate func remembered(_ term: StatePlan.Term) -> Interval {
    let arriving = term.lag == 0 ? self : union(0)
    if term.decay == 0 { return arriving }
    return Interval(arriving.isNonnegative ? 0 : nil, arriving.isNonpositive ? 0 : nil)
  }
}
