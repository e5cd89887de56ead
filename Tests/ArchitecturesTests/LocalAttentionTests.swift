import Architectures
import ExactArithmetic
import Testing

@Suite("Local attention")
struct LocalAttentionTests {
  private static func stack(
    query: Matrix = [[1]], key: Matrix = [[1]], value: Matrix = [[1]], output: Matrix = [[1]],
    offset: [Rational]? = nil, window: Int = 2
  ) -> LayerStack {
    let attention = LocalAttention(
      query: query, key: key, value: value,
      output: AffineMap(output, offset: offset ?? output.rows.map { _ in 0 }), window: window)
    return HawkBlockTests.stack(
      HawkBlock(
        family: .griffin, mixing: .attention(attention),
        mlp: HawkBlockTests.idleMLP(query.columnCount)))
  }

  /// arXiv 2406.01424, appendix E, takes K = Q = V = I for the identity. On 0, 1 it gives e/(1 +
  /// e).
  @Test("Attention over two tokens weighs both")
  func weights() throws {
    let found = try Self.stack().run([[0], [1], [1]] as [[Double]]).map { $0[0] }
    let e = 2.718281828459045
    #expect(found[0] == 0)
    #expect(abs(found[1] - (1 + e / (1 + e))) < 1e-15)
    #expect(abs(found[2] - 2) < 1e-15, "the first token is out of the window")
    let wide = try Self.stack(window: 3).run([[0], [1], [1]] as [[Double]])[2][0]
    #expect(abs(wide - (1 + 2 * e / (1 + 2 * e))) < 1e-15)
  }

  @Test("Heads share keys and values, and scores are divided by the root of their dimension")
  func heads() throws {
    // Two heads of dimension 2: the first attends by the key, the second by its negative.
    let stack = Self.stack(
      query: [[2, 0], [0, 2], [-2, 0], [0, -2]], key: .identity(2), value: [[0, 0], [1, 1]],
      output: [[0, 1, 0, 0], [0, 0, 0, 10]])
    let found = try stack.run([[1, 0], [2, 0]] as [[Double]])
    // Second token: scores 2 · 2 · (1, 2) / √2, values 1 and 2.
    let share = 1 / (1 + 0.0591057465)  // e^(−2√2) to 1
    #expect(found[0] == [2, 10])
    #expect(abs(found[1][0] - (2 + (1 - share) + 2 * share)) < 1e-9)
    #expect(abs(found[1][1] - 10 * (share + 2 * (1 - share))) < 1e-8)
  }

  @Test("Over exact numbers it is evaluated where it is not used, and an error elsewhere")
  func exact() throws {
    let unused = Self.stack(output: [[0]], offset: [3])
    #expect(try unused.run([[0], [1]] as [[Rational]]) == [[3], [4]])
    #expect(try unused.run([[0], [1]] as [[Double]]) == [[3], [4]])
    #expect(try unused.run([[Interval(0, 1)]]) == [[Interval(3, 4)]])
    let error = EvaluationError.inexactAttention(layer: 0)
    #expect(throws: error) { try Self.stack().run([[1]] as [[Rational]]) }
    #expect("\(error)".contains("softmax has no exact values"))
  }
}
