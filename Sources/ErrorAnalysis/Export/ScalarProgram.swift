import Evaluation
import ExactArithmetic
import LSRL

/// A tape run for a few tokens from its initial state, as operations on single numbers in the order
/// of `Tape`: what other people's analysers of floats read.
struct ScalarProgram {
  enum Node {
    /// Coordinate of a token.
    case argument(token: Int, coordinate: Int)

    /// A weight, offset or initial state; a float program rounds it once.
    case number(Rational)
    case product(Int, Int)
    case sum(Int, Int)
    case relu(Int)
  }

  private(set) var nodes: [Node] = []

  /// By token.
  private(set) var outputs: [[Int]] = []

  /// Nodes that are never −0, so that 0 + x is x.
  private var unsigned: Set<Int> = []
  private var numbers: [Rational: Int] = [:]
  private let limit: Int

  /// Operations that a program may have.
  static let sizeLimit = 100_000

  /// Throws `tooManyNumbers` for what would be longer than `limit` operations.
  init(
    _ original: Tape, tokens: Int, limit: Int = ScalarProgram.sizeLimit
  ) throws(EngineError) {
    self.limit = limit
    let tape = try FlatTape(original)
    var registers = [Int](repeating: 0, count: tape.registerCount)
    for (target, initial) in tape.states {
      for (index, value) in initial.enumerated() { registers[target + index] = number(value) }
    }
    for token in 0..<tokens {
      for (coordinate, register) in tape.inputs.enumerated() {
        registers[register] = append(.argument(token: token, coordinate: coordinate))
      }
      for step in tape.steps { try run(step, &registers) }
      outputs.append(tape.outputs.map { registers[$0] })
    }
  }

  private mutating func append(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func number(_ value: Rational) -> Int {
    if let place = numbers[value] { return place }
    let place = append(.number(value))
    // A small negative number may be rounded to −0.
    if value >= 0 { unsigned.insert(place) }
    numbers[value] = place
    return place
  }

  private mutating func run(
    _ step: FlatTape.Step, _ registers: inout [Int]
  ) throws(EngineError) {
    var results: [Int] = []
    let place: Int
    switch step {
    case .affine(let rows, let target), .update(let rows, let target):
      place = target
      for row in rows { results.append(sum(row, registers)) }
    case .relu(let sources, let target):
      place = target
      for source in sources {
        results.append(append(.relu(registers[source])))
        unsigned.insert(nodes.count - 1)
      }
    case .multiply(let left, let right, let target):
      place = target
      for (a, b) in zip(left, right) {
        results.append(append(.product(registers[a], registers[b])))
      }
    }
    for (index, result) in results.enumerated() { registers[place + index] = result }
    guard nodes.count <= limit else { throw .tooManyNumbers(nodes.count, limit: limit) }
  }

  /// From the offset on, columns ascending, multiply, then add. What changes no bit is left out: a
  /// product by 1, and 0 + x where x is not −0.
  private mutating func sum(_ row: FlatTape.Row, _ registers: [Int]) -> Int {
    var sum: Int?
    if row.offset != 0 { sum = number(row.offset) }
    for term in row.terms {
      let value = registers[term.register]
      let product = term.weight == 1 ? value : append(.product(number(term.weight), value))
      if sum == nil, unsigned.contains(product) {
        sum = product
      } else {
        let start = sum ?? number(0)
        sum = append(.sum(start, product))
        if unsigned.contains(start) { unsigned.insert(nodes.count - 1) }
      }
    }
    return sum ?? number(0)
  }
}

extension ScalarProgram.Node {
  var operands: [Int] {
    switch self {
    case .argument, .number: []
    case .relu(let value): [value]
    case .product(let left, let right), .sum(let left, let right): [left, right]
    }
  }

  /// Whether writing it twice is computing it twice.
  var isOperation: Bool { !operands.isEmpty }
}

extension ScalarProgram {
  /// The operations that these nodes depend on, ascending, and how often each node is read: twice
  /// by a ReLU, which compares it first.
  func cone(of roots: [Int]) -> (nodes: [Int], readings: [Int: Int]) {
    var readings: [Int: Int] = [:]
    var pending = roots
    for root in roots { readings[root, default: 0] += 1 }
    var seen = Set(roots)
    while let node = pending.popLast() {
      let isReadTwice = if case .relu = nodes[node] { true } else { false }
      for operand in nodes[node].operands {
        readings[operand, default: 0] += isReadTwice ? 2 : 1
        if seen.insert(operand).inserted { pending.append(operand) }
      }
    }
    return (seen.sorted(), readings)
  }
}
