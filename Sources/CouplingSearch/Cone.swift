import Certificates
import ExactArithmetic

/// What some remembered numbers are computed from in one step.
struct Cone {
  private let source: Part
  private let target: Part

  private struct Part {
    let program: CellProgram
    let relevance: Relevance

    /// By node, whether it has any values that matter, or that are read along with these.
    let isRead: [Bool]

    init(_ program: CellProgram, _ ends: [Certificate.Coordinate], reading inputDimension: Int) {
      self.program = program
      let dimensions = (try? program.dimensions(reading: inputDimension)) ?? []
      relevance = Relevance(to: ends, of: program, dimensions: dimensions)
      var isRead = relevance.computed.map { $0.contains(true) }
      for (number, node) in program.nodes.enumerated().reversed() where isRead[number] {
        for other in node.readInStep { isRead[other] = true }
      }
      self.isRead = isRead
    }
  }

  /// Precondition: the programs are well formed.
  init(
    of memories: [Memory], _ source: CellProgram, _ target: CellProgram,
    reading inputDimension: Int
  ) {
    func part(_ program: CellProgram, _ side: Memory.Side) -> Part {
      Part(program, memories.filter { $0.side == side }.map(\.place), reading: inputDimension)
    }
    self.source = part(source, .source)
    self.target = part(target, .target)
  }

  private func part(_ side: Memory.Side) -> Part { side == .source ? source : target }

  func contains(_ memory: Memory) -> Bool {
    part(memory.side).relevance.remembered[memory.place.node][memory.place.place]
  }

  /// Products of a weight and a number that it takes to compute it in one of the programs.
  func stepCost(_ side: Memory.Side) -> Int {
    let part = part(side)
    return part.program.stepCost(of: part.isRead)
  }

  /// Which of its ReLUs in one of the programs are open in a step. `previous`: what the program
  /// remembers.
  func signs(
    _ side: Memory.Side, reading token: [Rational], after previous: [[Rational]]
  ) -> [Bool] {
    let part = part(side)
    let values = part.program.values(reading: token, after: previous, of: part.isRead)
    var signs: [Bool] = []
    for (number, node) in part.program.nodes.enumerated() {
      guard case .relu = node else { continue }
      for (value, matters) in zip(values[number], part.relevance.computed[number]) where matters {
        signs.append(value.signum > 0)
      }
    }
    return signs
  }
}

extension CellProgram.Node {
  /// The nodes whose values of the same step it reads.
  fileprivate var readInStep: [Int] {
    switch self {
    case .input, .previous: []
    case .linear(_, let read), .relu(let read), .state(_, _, let read), .multiply(let read): [read]
    case .concat(let read): read
    }
  }
}
