import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("push-slices-forward")
struct PushSlicesForwardTests {
  private let check = RuleCheck(rule: .pushSlicesForward)

  private let row = AffineMap([[1, Rational(-1, 2)]], offset: [3])
  private let counter = LinState(recurrence: [[1]], input: AffineMap([[1, -1]]), initial: [5])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        3, (.slice(0..<2), [0]),
        (.linear(row), [1]),
        (.relu, [1]),
        (.slice(1..<3), [0]),
        (.relu, [4]),
        (.linState(counter), [4]),
        (.concat, [1, 4]),
        (.concat, [2, 3, 5, 6, 7, 1])))
  }

  @Test("A Concat that waits for something else is left alone, and so is a Concat on the node")
  func waiting() throws {
    let after = try check.keepsMeaning(
      .numbered(3, (.slice(0..<2), [0]), (.relu, [1]), (.concat, [1, 2, 0])))
    #expect(after.nodes.last?.operation == .concat)
  }

  @Test("Slices of slices become slices")
  func nested() throws {
    let after = try check.keepsMeaning(
      .numbered(
        4, (.slice(1..<4), [0]), (.slice(1..<2), [1]), (.slice(0..<1), [0]), (.relu, [2]),
        (.concat, [1, 2, 3, 4])))
    #expect(!after.contains(2))
  }

  @Test("Does not apply beside a Linear or an event, nor without slices")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.slice(0..<1), [0]),
        (.linear(row), [0]),
        (.concat, [1, 2])))
    try check.ignores(
      .numbered(
        2, (.slice(0..<1), [0]),
        (.relu, [0]),
        (.concat, [1, 2])))
    try check.ignores(
      .numbered(
        2, (.concat, [0, 0]),
        (.relu, [1]),
        (.concat, [2, 0])))
  }

  @Test("The paper's remark on eigenvalues is false: ReLU does not pass a matrix")
  func eigenvalues() throws {
    let map = AffineMap([[1, -1], [0, 1]])
    let one = try Graph.numbered(2, (.linear(map), [0]), (.relu, [1]))
    let other = try Graph.numbered(2, (.relu, [0]), (.linear(map), [1]))
    var interpreters = [Interpreter<Rational>(one), Interpreter<Rational>(other)]
    #expect(try interpreters[0].run([[0, 1]]) == [[0, 1]])
    #expect(try interpreters[1].run([[0, 1]]) == [[-1, 1]])
  }
}
