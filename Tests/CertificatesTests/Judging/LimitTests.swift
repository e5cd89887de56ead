import Certificates
import ExactArithmetic
import Testing

@Suite("What is too much to look at")
struct LimitTests {
  private static func judgement(
    _ program: CellProgram, within limits: CheckLimits = .standard, inputs: Int = 1
  ) -> Judgement {
    Example.withoutMemory(program, program, inputs: inputs).judged(within: limits)
  }

  /// The square of the node before, again and again.
  private static func squares(_ count: Int, of first: CellProgram.Node) -> CellProgram {
    var nodes: [CellProgram.Node] = [.input, first]
    for _ in 0..<count {
      let last = nodes.count - 1
      nodes += [.concat([last, last]), .multiply(of: last + 1)]
    }
    return CellProgram(nodes: nodes, initial: [], output: nodes.count - 1)
  }

  @Test("Numbers that double their digits at each node")
  func longNumbers() {
    let program = Self.squares(200, of: .linear(AffineMap([[0]], offset: [3]), of: 0))
    #expect(Self.judgement(program) == .undecided(.coefficientBits(1 << 16)))
    #expect(Self.judgement(Self.squares(10, of: .relu(of: 0))).isAccepted)
  }

  @Test("Bounds that double their digits at each node")
  func longBounds() {
    let program = Self.squares(200, of: .relu(of: 0))
    #expect(Self.judgement(program).isAccepted)
    let bounded = Example.withoutMemory(program, program, within: Interval(2, 3))
    #expect(bounded.judged() == .undecided(.coefficientBits(1 << 16)))
  }

  @Test("Vectors that double at each node")
  func wideVectors() {
    let program = CellProgram(
      nodes: [.input] + (0..<60).map { .concat([$0, $0]) }, initial: [], output: 60)
    #expect(Self.judgement(program) == .undecided(.storedTerms(1 << 24)))
  }

  @Test("Forms that grow at each node")
  func longForms() {
    // (x + y + 1)^(2^k) has ever more terms.
    let program = Self.squares(60, of: .linear(AffineMap([[1, 1]], offset: [1]), of: 0))
    let limits = CheckLimits(storedTerms: 100_000, work: 1_000_000)
    let judgement = Self.judgement(program, within: limits, inputs: 2)
    if case .accepted = judgement {
      // Products of more than 1,024 terms are one atom, so this one does not grow for ever.
    } else {
      Issue.record("\(judgement)")
    }
    let few = CheckLimits(storedTerms: 100, work: 1_000_000)
    #expect(Self.judgement(program, within: few, inputs: 2) == .undecided(.storedTerms(100)))
    let lazy = CheckLimits(storedTerms: 100_000, work: 1_000)
    #expect(Self.judgement(program, within: lazy, inputs: 2) == .undecided(.work(1_000)))
  }

  @Test("A chain of 20,000 nodes is no more than a long list")
  func longChain() {
    var nodes: [CellProgram.Node] = [.input]
    for _ in 0..<10_000 {
      nodes.append(.linear(AffineMap([[-1]], offset: [1]), of: nodes.count - 1))
      nodes.append(.relu(of: nodes.count - 1))
    }
    let program = CellProgram(nodes: nodes, initial: [], output: nodes.count - 1)
    #expect(Self.judgement(program).isAccepted)
  }

  @Test("Deep networks, whose forms grow with their depth, are given up in time")
  func deepNetwork() {
    var dice = Dice(seed: 5)
    var nodes: [CellProgram.Node] = [.input]
    for layer in 0..<1_000 {
      nodes.append(.linear(dice.affine(layer == 0 ? 2 : 10, to: 10), of: nodes.count - 1))
      nodes.append(.relu(of: nodes.count - 1))
    }
    let program = CellProgram(nodes: nodes, initial: [], output: nodes.count - 1)
    let limits = CheckLimits(work: 1 << 20)
    #expect(Self.judgement(program, within: limits, inputs: 2) == .undecided(.work(1 << 20)))
  }
}
