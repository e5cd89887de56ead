import ExactArithmetic
import LSRL
import Testing

@Suite("Counters, constants and the identity")
struct CountersTests {
  @Test("f_modulo_counter counts 0 … n − 1 for ever", arguments: [1, 2, 3, 5, 8, 71])
  func counter(n: Int) throws {
    let built = try Workbench.build(2) { (builder, wires) throws(BuildError) in
      try builder.f_modulo_counter(n)
    }
    var interpreter = Interpreter<Rational>(built.graph)
    let outputs = try interpreter.run(Array(repeating: [5, -1], count: 3 * n + 2))
    #expect(outputs == (0..<3 * n + 2).map { [Rational($0 % n)] })
    #expect(built.ranges == [Interval(0, Rational(n - 1))])
  }

  @Test("f_one_hot_counter moves a one")
  func oneHot() throws {
    let built = try Workbench.build(1) { (builder, wires) throws(BuildError) in
      try builder.f_one_hot_counter(3)
    }
    var interpreter = Interpreter<Rational>(built.graph)
    let outputs = try interpreter.run(Array(repeating: [9], count: 5))
    #expect(outputs == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]])
  }

  @Test("A counter by rotation is refused, and told why")
  func rotation() throws {
    let error = #expect(throws: BuildError.self) {
      try Workbench.build(1) { (builder, wires) throws(BuildError) in
        try builder.f_modulo_counter(5, form: .rotation)
      }
    }
    let message = try #require(error).description
    #expect(message.contains("[[cos, -sin], [sin, cos]]"))
    #expect(message.contains("not rational"))
    #expect(message.contains("\"cyclic\""))
  }

  @Test(
    "A counter of no size is refused before anything is allocated",
    arguments: [0, -1, ProgramBuilder.largestDimension + 1, Int.max])
  func wrongSize(n: Int) {
    #expect(throws: BuildError("expected n from 1 to 20000, found \(n)")) {
      try Workbench.build(1) { (builder, wires) throws(BuildError) in
        try builder.f_modulo_counter(n)
      }
    }
  }

  @Test("A constant is a constant, and needs an Input to stand at")
  func constants() throws {
    let found = try Workbench.values(on: [[1, 2], [0, -3]]) { (builder, wires) throws(BuildError) in
      try builder.f_constant(wires[0], Rational(7, 3))
    }
    #expect(found == [[Rational(7, 3)], [Rational(7, 3)]])
    var empty = ProgramBuilder()
    #expect(throws: BuildError("expected the Input before constants and counters")) {
      try empty.f_modulo_counter(3)
    }
  }

  @Test("f_relu_identity changes nothing, not even the range")
  func identity() throws {
    let tokens = Workbench.grid([0, 1, -1, Rational(-5, 3)], dimension: 2)
    let found = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_relu_identity(builder.Concat(wires))
    }
    #expect(found == tokens)
    let built = try Workbench.build(1, range: Interval(-2, 3)) {
      (builder, wires) throws(BuildError) in
      try builder.f_relu_identity(wires[0])
    }
    #expect(built.ranges == [Interval(-2, 3)])
  }
}
