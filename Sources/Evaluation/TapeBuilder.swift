import ExactArithmetic
import LSRL

/// A tape under construction: every value has a slot of its own until `finish` shares them out.
struct TapeBuilder {
  private var sizes: [Int] = []
  private var instructions: [Tape.Instruction] = []
  private var states: [Tape.State] = []
  private let input: Tape.Source

  /// See `Tape.needsFiniteWeights`.
  var needsFiniteWeights = false

  /// See `Tape.init(exactly:)`.
  var leavesOutZeros = false

  init(inputDimension: Int) {
    sizes = [inputDimension]
    input = Tape.Source(slot: 0, count: inputDimension)
  }

  /// The current token.
  var token: Tape.Source { input }

  private mutating func newSlot(_ size: Int) -> Int {
    sizes.append(size)
    return sizes.count - 1
  }

  mutating func affine(_ map: AffineMap, _ source: Tape.Source) -> Tape.Source {
    let slot = newSlot(map.outputDimension)
    instructions.append(.affine(map, reading: source, slot: slot))
    return Tape.Source(slot: slot, count: map.outputDimension)
  }

  mutating func relu(_ source: Tape.Source) -> Tape.Source {
    let slot = newSlot(source.count)
    instructions.append(.relu(source, slot: slot))
    return Tape.Source(slot: slot, count: source.count)
  }

  mutating func multiply(_ left: Tape.Source, _ right: Tape.Source) -> Tape.Source {
    let slot = newSlot(left.count)
    instructions.append(.multiply(left, right, slot: slot))
    return Tape.Source(slot: slot, count: left.count)
  }

  mutating func update(_ state: LinState, _ source: Tape.Source) -> Tape.Source {
    let slot = newSlot(state.dimension)
    states.append(Tape.State(slot: slot, initial: state.initial))
    instructions.append(.update(state, reading: source, slot: slot))
    return Tape.Source(slot: slot, count: state.dimension)
  }

  mutating func constant(_ values: [Tape.Constant]) -> Tape.Source {
    let slot = newSlot(values.count)
    instructions.append(.constant(values, slot: slot))
    return Tape.Source(slot: slot, count: values.count)
  }

  /// A state: until something else is kept in it, what the last token left there.
  mutating func memory(_ initial: [Rational]) -> Tape.Source {
    let slot = newSlot(initial.count)
    if !initial.isEmpty { states.append(Tape.State(slot: slot, initial: initial)) }
    return Tape.Source(slot: slot, count: initial.count)
  }

  mutating func keep(_ value: Tape.Source, in memory: Tape.Source) {
    guard let slot = memory.pieces.first?.slot else { return }
    instructions.append(.keep(value, slot: slot))
  }

  /// The value of a node, given its inputs on top of each other.
  mutating func apply(_ operation: Operation, to source: Tape.Source) -> Tape.Source {
    switch operation {
    case .input: return token
    case .concat: return source
    case .slice(let range): return source[range]
    case .linear(let map): return affine(map, source)
    case .relu: return relu(source)
    case .multiply:
      let half = source.count / 2
      return multiply(source[0..<half], source[half..<2 * half])
    case .linState(let state): return update(state, source)
    }
  }

  func finish(output: Tape.Source) -> Tape {
    var allocation = SlotAllocation(sizes: sizes)
    var isKept = [Bool](repeating: false, count: sizes.count)
    for state in states { isKept[state.slot] = true }
    for case .constant(_, let slot) in instructions { isKept[slot] = true }
    for slot in sizes.indices where isKept[slot] { allocation.take(slot) }
    allocation.take(0)

    var lastUses = lastUses(output: output, keeping: isKept)
    for (position, instruction) in instructions.enumerated() {
      if !isKept[instruction.slot] { allocation.take(instruction.slot) }
      instruction.forEachSlot { slot in
        guard lastUses[slot] == position else { return }
        lastUses[slot] = -1
        allocation.release(slot)
      }
    }
    let name = allocation.place
    return Tape(
      inputDimension: input.count, inputSlot: name(0),
      instructions: instructions.map { $0.renamed(name) },
      states: states.map { Tape.State(slot: name($0.slot), initial: $0.initial) },
      output: output.renamed(name), slotSizes: allocation.capacities,
      needsFiniteWeights: needsFiniteWeights)
  }

  /// By slot, the last instruction that reads or writes it; −1 if it is never to be used again.
  private func lastUses(output: Tape.Source, keeping isKept: [Bool]) -> [Int] {
    var lastUses = [Int](repeating: -1, count: sizes.count)
    for (position, instruction) in instructions.enumerated() {
      instruction.forEachSlot { lastUses[$0] = position }
    }
    for slot in sizes.indices where isKept[slot] { lastUses[slot] = -1 }
    for piece in output.pieces { lastUses[piece.slot] = -1 }
    return lastUses
  }
}

extension Tape.Instruction {
  /// The slots that are read, in order, then the one that is written; some more than once.
  fileprivate func forEachSlot(_ body: (Int) -> Void) {
    switch self {
    case .affine(_, let source, let slot), .relu(let source, let slot),
      .update(_, let source, let slot), .keep(let source, let slot):
      for piece in source.pieces { body(piece.slot) }
      body(slot)
    case .multiply(let left, let right, let slot):
      for piece in left.pieces { body(piece.slot) }
      for piece in right.pieces { body(piece.slot) }
      body(slot)
    case .constant(_, let slot): body(slot)
    }
  }
}

/// Which of the shared slots each value gets.
private struct SlotAllocation {
  private let sizes: [Int]
  private var places: [Int]
  private var free: [Int] = []
  private(set) var capacities: [Int] = []

  init(sizes: [Int]) {
    self.sizes = sizes
    places = Array(repeating: -1, count: sizes.count)
  }

  func place(_ value: Int) -> Int { places[value] }

  /// How many of the slots that became free last are looked at.
  private static let patience = 64

  /// The smallest free slot that is large enough; else the largest one, grown; else a new one.
  mutating func take(_ value: Int) {
    let size = sizes[value]
    // Of equal ones the first.
    var best: Int?
    for index in free.suffix(SlotAllocation.patience).indices {
      let capacity = capacities[free[index]]
      guard let known = best.map({ capacities[free[$0]] }) else {
        best = index
        continue
      }
      let isBetter =
        known < size ? capacity > known : capacity >= size && capacity < known
      if isBetter { best = index }
    }
    if let best {
      places[value] = free.remove(at: best)
      capacities[places[value]] = max(capacities[places[value]], size)
    } else {
      places[value] = capacities.count
      capacities.append(size)
    }
  }

  mutating func release(_ value: Int) { free.append(places[value]) }
}

extension Tape {
  /// The tape of a program.
  public init(_ graph: Graph) {
    var builder = TapeBuilder(inputDimension: graph.inputDimension)
    var values: [Source] = []
    values.reserveCapacity(graph.nodes.count)
    for node in graph.nodes {
      let inputs = Source(stacking: node.inputs.map { values[graph.position(of: $0)] })
      values.append(builder.apply(node.operation, to: inputs))
    }
    self = builder.finish(output: values[values.count - 1])
  }

  /// The tape of a path.
  public init(_ path: PathGraph) {
    var builder = TapeBuilder(inputDimension: path.inputDimension)
    var value = builder.token
    for step in path.steps { value = builder.apply(step.operation, to: value) }
    self = builder.finish(output: value)
  }
}
