import ExactArithmetic
import LSRL
import Reports
import Testing

@Suite("Reports say what was found, and no more")
struct ContentTests {
  private func ifElse(_ points: [IfElseFindings.Point], form: String = "written") -> Report {
    var findings = IfElseFindings(
      range: "10", mu: "4", smallLambda: "16", seed: 9, command: "again")
    findings.curves = ["0,1", "0..1"].map {
      IfElseFindings.Curve(
        variant: "direct", form: form, format: "binary64", guards: $0, points: points)
    }
    return .ifElse(findings, producer: "test")
  }

  private func outcomes(_ report: Report) -> [Report.Verdict.Outcome] {
    report.verdicts.map(\.outcome)
  }

  @Test("f_ifelse: a bound below what occurs refutes it, no bound leaves exactness undecided")
  func ifElse() {
    let exact = ifElse([.init(lambda: 16, bound: 0, observed: 0)])
    #expect(outcomes(exact) == [.holds, .holds, .measured])
    let open = ifElse([.init(lambda: 16, bound: 1e-9, observed: 0)])
    #expect(outcomes(open) == [.holds, .undecided, .measured])
    let wrong = ifElse([.init(lambda: 16, bound: 1e-9, observed: 2e-9)])
    #expect(outcomes(wrong) == [.refuted, .refuted, .measured])
    let unseen = ifElse([.init(lambda: 16, bound: .infinity, observed: nil)])
    #expect(outcomes(unseen) == [.holds, .undecided, .measured])
    // What is no number is within no bound.
    let noNumber = ifElse([.init(lambda: 16, bound: 1, observed: .nan)])
    #expect(outcomes(noNumber)[0] == .refuted)
    #expect(exact.figures.allSatisfy { $0.seed == 9 && $0.command == "again" })
  }

  private func program() throws -> ProgramFindings {
    let text = "ForEach:\n  x = Input(dim=1)\n  y = 2 * x\n  return Linear(y, A=[[1]])"
    let read = try ProgramText(parsing: text, file: "p.lsrl", setting: [:])
    return ProgramFindings(
      name: "p", program: read.program, tokenCount: 2, command: "lsrl-check report program p.lsrl")
  }

  private func run(holds: Bool?, errors: [Double], bounds: [Double]) -> ProgramFindings.Run {
    ProgramFindings.Run(
      route: "lean", format: "binary32", errors: errors, bounds: bounds, holds: holds,
      provedExact: 0, outputs: 2, command: "bound")
  }

  @Test(
    "Programs: wrong and undecided routes are named, right ones counted, refused ones explained")
  func routes() throws {
    var findings = try program()
    findings.routes = [
      .init("source", .right, size: nil), .init("lean", .right, size: nil),
      .init("lstm", .wrong("token 3"), size: nil), .init("gru", .undecided("too large"), size: nil),
      .init("mamba", .refused("it only shrinks"), size: nil),
    ]
    let report = Report.program(findings, producer: "test")
    #expect(outcomes(report) == [.holds, .refuted, .undecided, .measured])
    #expect(report.verdicts[0].claim == "2 routes compute every output exactly")
    #expect(report.verdicts[1].detail == "token 3")
    #expect(report.markdown.contains("it only shrinks"))
    #expect(
      report.summary
        == "A program of 3 nodes that reads 1 number and writes 1 number a token, on 2 tokens.")
  }

  @Test("Programs: a violated bound refutes, and nothing is certified where there is no bound")
  func runs() throws {
    var findings = try program()
    findings.runs = [
      run(holds: true, errors: [0, 1e-9], bounds: [0, 2e-9]),
      run(holds: false, errors: [0, 1e-9], bounds: [0, 1e-10]),
      run(holds: nil, errors: [0, 1e-9], bounds: []),
      run(holds: true, errors: [0, 0], bounds: [0, 0]),
    ]
    findings.runs[0].rounding = .init(right: 2, certain: 2)
    findings.runs[1].rounding = .init(right: 2, certain: 1)
    findings.runs[2].rounding = .init(right: 1, certain: 1)
    let report = Report.program(findings, producer: "test")
    #expect(
      outcomes(report) == [.holds, .refuted, .measured, .holds, .holds, .undecided, .refuted])
    let captions = report.figures.map(\.caption)
    #expect(captions.count { $0.contains("certified and observed error") } == 2)
    #expect(captions.count { $0.contains("observed error only, not certified") } == 1)
    #expect(report.markdown.contains("every output is exact, and that is proved."))
  }

  @Test("Programs are drawn with all their edges, whole and line by line")
  func drawings() throws {
    let program = try program().program
    let whole = GraphDrawing(program, title: "p")
    #expect(whole.nodes.map(\.inputs) == [[], [0], [1]])
    #expect(whole.nodes.map(\.name).first == "x" && whole.nodes.map(\.name)[1] == "y")
    let lines = try #require(GraphDrawing(lines: program, title: "p"))
    #expect(lines.nodes.map(\.detail) == ["line 2", "line 3", "line 4"])
    #expect(lines.nodes.map(\.inputs) == [[], [0], [1]])
    #expect(GraphDrawing(lines: Program(graph: program.graph), title: "p") == nil)
  }

  @Test("Noise: variants that are certified, wrong, undecided and not looked at")
  func noise() {
    let cells = [("a", "certified"), ("b", "wrong"), ("c", "undecided"), ("d", "measured")].map {
      NoiseFindings.Cell(
        variant: $0.0, level: 0, figures: [0, 4, .infinity], authors: [], verdict: $0.1,
        witness: $0.1 == "wrong" ? "1, 2" : nil)
    }
    let report = Report.noise(
      [
        NoiseFindings(
          experiment: "tok2tok", title: "tok2tok", setting: "lean", seed: 3, cells: cells,
          command: "noise")
      ], producer: "test")
    #expect(outcomes(report) == [.holds, .refuted, .undecided])
    #expect(report.verdicts[0].claim.hasSuffix("answer of a"))
    #expect(report.verdicts[1].detail.contains("1, 2"))
    #expect(report.markdown.contains("| 3 | 0 | 4 | ∞ |"))
  }

  @Test("Exactness: with none of the constants, with some, and the bits of each")
  func exact() {
    var findings = ExactFindings(
      name: "p", assumption: "bits", formats: ["binary64", "binary16"], command: "exact")
    findings.cases = [
      .init(
        variant: "direct", route: "lean", mu: 2, lambda: 32, bits: 12, isProved: [true, false],
        obstacle: "a sum"),
      .init(
        variant: "step", route: "lean", mu: 2, lambda: 32, bits: 13, isProved: [true, false],
        obstacle: ""),
      .init(
        variant: "direct", route: "lean", mu: 1000, lambda: 32, bits: nil,
        isProved: [false, false], obstacle: "a weight"),
    ]
    let report = Report.exact(findings, producer: "test")
    #expect(outcomes(report) == [.holds, .measured])
    #expect(report.verdicts[0].claim.hasSuffix("exact with μ = 2 (λ = 32)"))
    #expect(report.verdicts[0].detail.hasPrefix("2 of 3"))
    #expect(report.verdicts[1].claim.hasSuffix("none of the constants"))
    #expect(report.json.description.contains("[1000.0, \"inf\"]"))
  }
}
