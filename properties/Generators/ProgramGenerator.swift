import ExactArithmetic
import LSRL
import PropertyTesting

/// How large generated programs get. A claim that held was tried within these limits only.
struct ProgramLimits: Sendable {
  var nodes = 25
  var dimension = 6
  var tokens = 12

  /// The largest dimension that Concats may build up to: chains of them double it.
  var stackedDimension = 64

  /// The largest degree of a value as a polynomial of the inputs: chains of Multi square it.
  var degree = 8

  var description: String {
    "1 to \(nodes) nodes, dimension 1 to \(dimension), up to \(stackedDimension) by Concat, "
      + "states of 1 to 4, degree up to \(degree), 0 to \(tokens) tokens"
  }
}

extension Generator where Value == ProgramCase {
  /// Programs with every operation and library function, shared nodes, repeated Concat inputs,
  /// declared ranges, and initial states that are not zero. Simplest: a program that is only its
  /// Input, on no tokens.
  static func programCases(_ limits: ProgramLimits = ProgramLimits()) -> Generator<ProgramCase> {
    Generator { choices in
      var sketch = ProgramSketch(limits: limits, &choices)
      while choices.another(after: sketch.nodeCount, average: 5, limit: limits.nodes - 1) {
        sketch.addFamily(&choices)
      }
      let program = sketch.finish(&choices)
      let ranges = program.inputRanges
      let token = Generator<[Rational]> { choices in choices.token(within: ranges) }
      let tokens = token.list(average: 5, limit: limits.tokens)(&choices)
      return ProgramCase(program: program, tokens: tokens)
    }
  }
}

/// A program under construction: every node reads earlier ones, so every stage of it is valid.
private struct ProgramSketch {
  private var builder = ProgramBuilder()
  private var wires: [Wire]
  private var degrees = [1]
  private let limits: ProgramLimits

  init(limits: ProgramLimits, _ choices: inout Choices) {
    self.limits = limits
    let dimension = 1 + choices.index(below: limits.dimension)
    let range = choices.element(of: [
      .everything, .everything, .everything, Interval(0, 1), Interval(-1, 2),
    ])
    wires = []
    wires = [
      build { builder throws(BuildError) in try builder.Input(dim: dimension, range: range) }
    ]
  }

  var nodeCount: Int { wires.count }

  private enum Kind: CaseIterable {
    case relu, slice, multiply, linear, linState, concat, library
  }

  /// A family: a few nodes of one kind, each beside or behind the one before. The rules look for
  /// siblings and chains of one kind, which single nodes make too rarely. A family takes its
  /// choices in one run and asks nothing about earlier ones, so that shrinking can delete it.
  mutating func addFamily(_ choices: inout Choices) {
    let kind = choices.element(of: Kind.allCases)
    var source = recentNode(&choices)
    add(kind, source, &choices)
    while choices.another(after: nodeCount, average: 1, limit: limits.nodes - 1) {
      if choices.index(below: 2) == 1 { source = wires.count - 1 }
      add(kind, source, &choices)
    }
  }

  private mutating func add(_ kind: Kind, _ source: Int, _ choices: inout Choices) {
    guard nodeCount < limits.nodes - 1 else { return }
    let x = wires[source]
    switch kind {
    case .relu: append([source]) { builder throws(BuildError) in try builder.ReLU(x) }
    case .slice:
      let start = choices.index(below: x.dimension)
      let count = 1 + choices.index(below: x.dimension - start)
      append([source]) { builder throws(BuildError) in
        try builder.Slice(x, start..<start + count)
      }
    case .multiply: appendMultiply(source)
    case .linear:
      let map = choices.affineMap(x.dimension, to: 1 + choices.index(below: limits.dimension))
      append([source]) { builder throws(BuildError) in try builder.Linear(x, map) }
    case .linState:
      let state = choices.linState(reading: x.dimension)
      append([source]) { builder throws(BuildError) in
        try builder.LinState(
          x, A: state.recurrence, B: state.input.matrix, b: state.input.offset,
          init_state: state.initial)
      }
    case .concat:
      let second = recentNode(&choices)
      let y = x.dimension + wires[second].dimension <= limits.stackedDimension ? wires[second] : x
      guard x.dimension + y.dimension <= limits.stackedDimension else {
        return append([source]) { builder throws(BuildError) in try builder.ReLU(x) }
      }
      append([source, second]) { builder throws(BuildError) in try builder.Concat([x, y]) }
    case .library: appendLibraryFunction(source, &choices)
    }
  }

  /// The newest node is the simplest choice. Looking back a few nodes only makes paths with
  /// branches; choosing evenly among all nodes would make shallow stars.
  private func recentNode(_ choices: inout Choices) -> Int {
    wires.count - 1 - choices.index(below: min(4, wires.count))
  }

  /// An odd vector is doubled first, so that every vector can be multiplied. Where the degree would
  /// get too large, a ReLU stands instead.
  private mutating func appendMultiply(_ source: Int) {
    var factors = wires[source]
    guard 2 * degrees[source] <= limits.degree else {
      return append([source]) { builder throws(BuildError) in try builder.ReLU(factors) }
    }
    var source = source
    if !factors.dimension.isMultiple(of: 2) {
      guard nodeCount + 1 < limits.nodes - 1, 2 * factors.dimension <= limits.stackedDimension
      else { return }
      let odd = factors
      append([source]) { builder throws(BuildError) in try builder.Concat([odd, odd]) }
      source = wires.count - 1
      factors = wires[source]
    }
    let even = factors
    append([source], raisesDegree: true) { builder throws(BuildError) in try builder.Multi(even) }
  }

  /// Calls a function of the library on one recent vector, if its nodes fit in.
  private mutating func appendLibraryFunction(_ source: Int, _ choices: inout Choices) {
    let function = choices.element(of: LibraryFunction.catalogue)
    var arguments: [String: LibraryArgument] = [:]
    var sources: [Int] = []
    let size = wires[source].dimension
    for parameter in function.parameters {
      switch parameter.kind {
      case .vector:
        var vector = sources.isEmpty ? source : recentNode(&choices)
        if ![1, size].contains(wires[vector].dimension) { vector = source }
        sources.append(vector)
        arguments[parameter.name] = .vector(wires[vector])
      case .number: arguments[parameter.name] = .number(choices.element(of: [2, 1, 10, 1000]))
      case .count: arguments[parameter.name] = .number(Rational(1 + choices.index(below: 4)))
      case .word(let words): arguments[parameter.name] = .word(choices.element(of: words))
      }
    }
    guard sources.allSatisfy({ 2 * degrees[$0] <= limits.degree }) else { return }
    var trial = builder
    guard let wire = try? function.build(&trial, arguments),
      trial.nodeCount < limits.nodes - 1, trial.nodeCount > builder.nodeCount
    else { return }
    let degree = 2 * (sources.map { degrees[$0] }.max() ?? 1)
    let added = trial.wires(from: builder.nodeCount)
    builder = trial
    wires += added
    degrees += added.map { _ in degree }
    precondition(wires.last?.node == wire.node || wires.contains { $0.node == wire.node })
  }

  private mutating func append(
    _ sources: [Int], raisesDegree: Bool = false,
    _ make: (inout ProgramBuilder) throws(BuildError) -> Wire
  ) {
    wires.append(build(make))
    let degree = sources.map { degrees[$0] }.max() ?? 1
    degrees.append(raisesDegree ? 2 * degree : degree)
  }

  private mutating func build(
    _ make: (inout ProgramBuilder) throws(BuildError) -> Wire
  ) -> Wire {
    do {
      return try make(&builder)
    } catch {
      preconditionFailure("the generator asked for an impossible node: \(error)")
    }
  }

  /// Brings everything that nobody reads together in a Concat, so that no node is in vain; or
  /// returns the newest node alone, and what does not reach it is dropped.
  mutating func finish(_ choices: inout Choices) -> Program {
    let last = wires[wires.count - 1]
    let unread = builder.unread(among: wires)
    let returnsLast = unread.count == 1 || choices.index(below: 6) == 5
    let output =
      returnsLast
      ? last : build { builder throws(BuildError) in try builder.Concat(unread) }
    do {
      return try builder.finish(returning: output).program
    } catch {
      preconditionFailure("the generator built an ill-formed program: \(error)")
    }
  }
}
