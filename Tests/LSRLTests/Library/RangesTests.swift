import ExactArithmetic
import LSRL
import Testing

/// Grows a random program from library functions and operations, and keeps every wire.
private struct RandomProgram {
  var generator: SeededGenerator
  var builder = ProgramBuilder()
  var wires: [Wire] = []
  let inputRange: Interval

  init(seed: UInt64, dimension: Int) throws(BuildError) {
    var generator = SeededGenerator(seed: seed)
    let ranges = [Interval.everything, .nonnegative, Interval(0, 1), Interval(-2, 3)]
    inputRange = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
    self.generator = generator
    wires = [try builder.Input(dim: dimension, range: inputRange)]
  }

  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

  mutating func number() -> Rational { Rational(below(13) - 6, 1 + below(4)) }

  mutating func wire() -> Wire { wires[below(wires.count)] }

  mutating func argument(_ parameter: LibraryFunction.Parameter) -> LibraryArgument {
    switch parameter.kind {
    case .vector: below(4) == 0 ? .number(number()) : .vector(wire())
    case .count: .number(Rational(1 + below(4)))
    case .word(let words): .word(words[below(words.count)])
    case .number: .number(Rational(1 + below(12), 1 + below(3)))
    }
  }

  /// Adds a wire, or nothing where the dimensions do not fit.
  mutating func grow() {
    var trial = builder
    guard let wire = try? below(2) == 0 ? callLibrary(&trial) : operate(&trial),
      wire.dimension <= 6
    else { return }
    builder = trial
    wires.append(wire)
  }

  private mutating func callLibrary(_ trial: inout ProgramBuilder) throws(BuildError) -> Wire {
    let function = LibraryFunction.catalogue[below(LibraryFunction.catalogue.count)]
    var arguments: [String: LibraryArgument] = [:]
    for parameter in function.parameters { arguments[parameter.name] = argument(parameter) }
    return try function.build(&trial, arguments)
  }

  private mutating func operate(_ trial: inout ProgramBuilder) throws(BuildError) -> Wire {
    let x = wire()
    switch below(6) {
    case 0: return try trial.ReLU(x)
    case 1: return try trial.Concat([x, wire()])
    case 2: return try trial.Multi(x)
    case 3: return try trial.subtract(x, wire())
    case 4:
      let matrix = Matrix(dense: [(0..<x.dimension).map { _ in number() }])
      return try trial.Linear(x, A: matrix, b: [number()])
    default:
      let input = Matrix(dense: [(0..<x.dimension).map { _ in number() }])
      let decay = [[0, 1, Rational(1, 2), -1][below(4)]]
      return try trial.LinState(
        x, A: Matrix(dense: [decay]), B: input, b: [number()], init_state: [number()])
    }
  }

  mutating func token(_ dimension: Int) -> [Rational] {
    (0..<dimension).map { _ in
      let value = number()
      let lifted = max(inputRange.lower ?? value, value)
      return min(inputRange.upper ?? lifted, lifted)
    }
  }
}

@Suite("Ranges of wires")
struct RangesTests {
  @Test("Every value of every node lies in the range of its wire", arguments: 0..<8)
  func sound(block: Int) throws {
    for seed in UInt64(block * 40)..<UInt64(block * 40 + 40) {
      var program = try RandomProgram(seed: seed, dimension: 1 + Int(seed % 3))
      for _ in 0..<14 { program.grow() }
      var builder = program.builder
      let everything = try builder.Concat(program.wires)
      let graph = try builder.finish(returning: everything).program.graph
      let analysis = graph.ranges(
        ofInputs: Array(repeating: program.inputRange, count: graph.inputDimension))
      let ranges = program.wires.flatMap(\.ranges)
      var interpreter = Interpreter<Rational>(graph)
      let tokens = (0..<6).map { _ in program.token(graph.inputDimension) }
      for values in try interpreter.run(tokens) {
        for (value, range) in zip(values, ranges) {
          #expect(range.contains(value), "seed \(seed): \(value) is not in \(range) in\n\(graph)")
        }
        for (value, range) in zip(values, analysis[analysis.count - 1]) {
          #expect(range.contains(value), "seed \(seed): the graph's \(range) lacks \(value)")
        }
      }
    }
  }

  @Test("Ranges are not wider than the plain analysis of the graph")
  func tight() throws {
    for seed in UInt64(1000)..<1100 {
      var program = try RandomProgram(seed: seed, dimension: 2)
      for _ in 0..<10 { program.grow() }
      var builder = program.builder
      let everything = try builder.Concat(program.wires)
      let graph = try builder.finish(returning: everything).program.graph
      let analysis = graph.ranges(
        ofInputs: Array(repeating: program.inputRange, count: graph.inputDimension))
      for (ours, plain) in zip(program.wires.flatMap(\.ranges), analysis[analysis.count - 1]) {
        #expect(plain.contains(ours), "seed \(seed): \(ours) beside \(plain)")
      }
    }
  }
}
