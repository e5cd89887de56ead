import ExactArithmetic
import LSRL
import Testing

@Suite("Expressions in program texts")
struct ExpressionTests {
  @Test(
    "Numbers are exact, and operators have the precedence of Python",
    arguments: [
      ("0.1", "1/10"), ("1e10", "10000000000"), ("1/3", "1/3"), ("2.5e-1", "1/4"),
      ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("1 - 2 - 3", "-4"), ("8 / 2 / 2", "2"),
      ("-2 ** 2", "-4"), ("2 ** -1", "1/2"), ("2 ** 3 ** 2", "512"), ("- -3", "3"), ("+3", "3"),
      ("7 // 2", "3"), ("-7 // 2", "-4"), ("-7 % 2", "1"), ("7 % -2", "-1"), ("0 ** 0", "1"),
      ("(-1) ** 1000000001", "-1"), ("[1, 2, 3][1]", "2"), ("[1, 2, 3][-1]", "3"),
      ("sum([1, 2, 3][1:])", "5"), ("sum([1, 2, 3][:-1])", "3"), ("len([])", "0"),
      ("sum([i * j for i in range(3) for j in range(i + 1)])", "7"),
      ("sum([sum(row) for row in [[1, 2], [3]]])", "6"), ("len(range(2, 5))", "3"),
      ("len([1] + [2, 3])", "3"), ("range(-3, 3)[0]", "-3"), ("len(range(3, 1))", "0"),
      ("eye(3)[1][1]", "1"), ("(2 * eye(2) - ones(2, 2) / 2)[0][1]", "-1/2"),
      ("len(vstack(\n  [eye(2), [[5, 6]]]\n))", "3"), ("[1, 2,][1]", "2"),
      ("9223372036854775807 + 1", "9223372036854775808"),
    ])
  func numbers(expression: String, value: String) throws {
    let text = try ProgramText(
      parsing: "v = \(expression)\nForEach:\n  return Input(dim=1)", file: "t")
    #expect(text.parameters[0].value?.description == value)
  }

  @Test(
    "Matrix functions",
    arguments: [
      ("eye(2)", "[[1, 0], [0, 1]]"), ("zeros(1, 2)", "[[0, 0]]"),
      ("ones(2, 1)", "[[1], [1]]"),
      ("shift(3)", "[[0, 1, 0], [0, 0, 1], [0, 0, 0]]"),
      ("cyclic(3)", "[[0, 0, 1], [1, 0, 0], [0, 1, 0]]"), ("cyclic(1)", "[[1]]"),
      ("diag([1, 1/2])", "[[1, 0], [0, 1/2]]"),
      ("diag([2, [[3, 4]]])", "[[2, 0, 0], [0, 3, 4]]"),
      ("hstack([eye(2), [[5], [6]]])", "[[1, 0, 5], [0, 1, 6]]"),
      ("vstack([eye(2), [[5, 6]]])", "[[1, 0], [0, 1], [5, 6]]"),
      ("vstack([[1, 2], [3, 4]])", "[[1, 2], [3, 4]]"), ("[1, 2]", "[[1, 2]]"),
      ("-eye(2)", "[[-1, 0], [0, -1]]"), ("eye(2) + [[0, 1], [1, -1]]", "[[1, 1], [1, 0]]"),
      ("[[i + 10 * j for i in range(2)] for j in range(2)]", "[[0, 1], [10, 11]]"),
      ("eye(3)[1:]", "[[0, 1, 0], [0, 0, 1]]"), ("7", "[[7]]"),
    ])
  func matrices(expression: String, matrix: String) throws {
    let columns = matrix.prefix { $0 != "]" }.count { $0 == "," } + 1
    let program = try Program(
      parsing: """
        A = \(expression)
        ForEach:
          x = Input(dim=\(columns))
          return Linear(input=x, A=A)
        """, file: "t")
    let node = try #require(program.graph.nodes.last)
    guard case .linear(let map) = node.operation else {
      Issue.record("\(node) is not a Linear")
      return
    }
    #expect(map.matrix.description == matrix)
  }

  /// Over x = Input(dim=2), y = Input[0:1].
  @Test(
    "Operators on vectors of the program make the nodes that they promise",
    arguments: [
      ("2 * x", ["Linear(n0, A=[[2, 0], [0, 2]], b=[0, 0])"]),
      ("x / 4", ["Linear(n0, A=[[1/4, 0], [0, 1/4]], b=[0, 0])"]),
      ("x + 1", ["Linear(n0, A=[[1, 0], [0, 1]], b=[1, 1])"]),
      ("x - [1, 2]", ["Linear(n0, A=[[1, 0], [0, 1]], b=[-1, -2])"]),
      ("1 - x", ["Linear(n0, A=[[-1, 0], [0, -1]], b=[1, 1])"]),
      ("-x", ["Linear(n0, A=[[-1, 0], [0, -1]], b=[0, 0])"]),
      ("x * [[2], [3]]", ["Linear(n0, A=[[2, 0], [0, 3]], b=[0, 0])"]),
      ("y + [1, 2]", ["n0[0:1]", "Linear(n1, A=[[1], [1]], b=[1, 2])"]),
      ("x[-1]", ["n0[1:2]"]), ("x[:]", ["n0[0:2]"]), ("Slice(x, 0, 1)", ["n0[0:1]"]),
      ("x + x", ["Concat([n0, n0])", "Linear(n1, A=[[1, 0, 1, 0], [0, 1, 0, 1]], b=[0, 0])"]),
      (
        "x - y",
        [
          "n0[0:1]", "Concat([n0, n1])",
          "Linear(n2, A=[[1, 0, -1], [0, 1, -1]], b=[0, 0])",
        ]
      ),
      (
        "sum([x, 1, y])",
        ["n0[0:1]", "Concat([n0, n1])", "Linear(n2, A=[[1, 0, 1], [0, 1, 1]], b=[1, 1])"]
      ),
      ("sum([x])", []), ("Multi(x)", ["Multi(n0)"]), ("Concat([x])", ["Concat([n0])"]),
      (
        "LinState(x, A=eye(1), B=[1, 2], bias=[[3]], init_state=[4])",
        ["LinState(n0, A=[[1]], B=[[1, 2]], b=[3], init_state=[4])"]
      ),
    ] as [(String, [String])])
  func vectors(expression: String, nodes: [String]) throws {
    let program = try Program(
      parsing: """
        ForEach:
          x = Input(dim=2)
          \(expression.contains("y") ? "y = x[0]" : "")
          return \(expression)
        """, file: "t")
    #expect(program.graph.canonicallyNamed.nodes.dropFirst().map(\.description) == nodes)
  }
}
