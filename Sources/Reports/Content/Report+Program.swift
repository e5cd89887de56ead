import LSRL

extension Report {
  /// Whether all that a program compiles to is right on these tokens, how large it is, how far
  /// floats are off, and what it looks like.
  public static func program(_ findings: ProgramFindings, producer: String) -> Report {
    ProgramPage(findings: findings).report(producer)
  }
}

private struct ProgramPage {
  let findings: ProgramFindings

  /// Paths with more steps are not worth a picture.
  private static let longestPath = 40

  /// Larger graphs are drawn line by line first.
  private static let mostReadable = 40

  func report(_ producer: String) -> Report {
    var sections: [Report.Section] = []
    if !findings.routes.isEmpty { sections.append(routes) }
    if !findings.runs.isEmpty { sections.append(errors) }
    if !findings.outputs.isEmpty { sections.append(outputs) }
    sections.append(drawings)
    let graph = findings.program.graph
    return Report(
      kind: "program", title: findings.name,
      summary: "A program of \(counted(graph.nodes.count, "node")) that reads "
        + "\(counted(graph.inputDimension, "number")) and writes "
        + "\(counted(graph.outputDimension, "number")) a token"
        + (findings.tokenCount > 0 ? ", on \(counted(findings.tokenCount, "token"))." : "."),
      verdicts: verdicts, sections: sections, producer: producer)
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  // MARK: - Verdicts

  private var verdicts: [Report.Verdict] {
    let right = findings.routes.filter { $0.result == .right }.map(\.name)
    let all =
      right.isEmpty
      ? []
      : [
        Report.Verdict(
          .holds,
          "\(right.count) \(right.count == 1 ? "route computes" : "routes compute") every output "
            + "exactly", right.joined(separator: ", "))
      ]
    let refused = findings.routes.filter { $0.refusal != nil }.map(\.name)
    let none =
      refused.isEmpty
      ? []
      : [
        Report.Verdict(
          .measured,
          "\(refused.joined(separator: ", ")): \(refused.count == 1 ? "refuses" : "refuse") this "
            + "program", "The reasons are below.")
      ]
    return (findings.finding.map { [$0] } ?? []) + all + findings.routes.compactMap(verdict)
      + findings.runs.map(verdict) + findings.runs.compactMap(roundingVerdict) + none
  }

  /// Nil for what is right or refused: these are counted.
  private func verdict(_ route: ProgramFindings.Route) -> Report.Verdict? {
    let claim = "\(route.name) computes every output exactly"
    switch route.result {
    case .right, .refused: return nil
    case .wrong(let difference): return Report.Verdict(.refuted, claim, difference)
    case .undecided(let reason): return Report.Verdict(.undecided, claim, reason)
    }
  }

  private func verdict(_ run: ProgramFindings.Run) -> Report.Verdict {
    let error = (run.errors.max() ?? 0).shown
    guard let holds = run.holds, let bound = run.bounds.max() else {
      return Report.Verdict(
        .measured, "\(run.route) in \(run.format): observed error at most \(error)",
        "Observed only: nothing is proved.")
    }
    return Report.Verdict(
      holds ? .holds : .refuted,
      "\(run.route) in \(run.format): every error is within its bound",
      "largest bound \(bound.shown), largest error \(error); \(run.provedExact) of \(run.outputs) "
        + "outputs are proved to be exact")
  }

  /// Where exact outputs are integers, what matters is which integers floats round to.
  private func roundingVerdict(_ run: ProgramFindings.Run) -> Report.Verdict? {
    guard let rounding = run.rounding else { return nil }
    let outcome: Report.Verdict.Outcome =
      rounding.right < run.outputs
      ? .refuted : rounding.certain == run.outputs ? .holds : .undecided
    return Report.Verdict(
      outcome, "\(run.route) in \(run.format): every output rounds to the right integer",
      "\(rounding.right) of \(run.outputs) do, \(rounding.certain) certainly")
  }

  // MARK: - Sections

  private var routes: Report.Section {
    let rows = findings.routes.map { route -> [Table.Cell] in
      let outcome: Table.Cell
      switch route.result {
      case .right: outcome = .verdict(.holds)
      case .wrong: outcome = .verdict(.refuted)
      case .undecided: outcome = .verdict(.undecided)
      case .refused: outcome = "refused"
      }
      guard let size = route.size else {
        return [.text(route.name), outcome, .none, .none, .none, .none]
      }
      return [
        .text(route.name), outcome, .text(size.parts), .integer(size.width),
        .integer(size.denseParameters), .integer(size.nonzeros),
      ]
    }
    return Report.Section(
      "What it compiles to",
      [
        .text(
          "source is the program itself, which defines the outputs; rules is the path by the "
            + "paper's rewriting, lean the path by our scheduler; the others are networks made of "
            + "the lean path. All are run over the rationals and compared for equality."),
        .figure(
          Report.Figure(
            "Verdicts and sizes.",
            .table(
              Table(
                [
                  Table.Column("route"), Table.Column("exact"), Table.Column("parts"),
                  .number("width"), .number("dense parameters"), .number("non-zeros"),
                ], rows: rows)),
            command: findings.command)),
      ] + refusals)
  }

  private var refusals: [Report.Block] {
    let rows = findings.routes.compactMap { route in
      route.refusal.map { [Table.Cell.text(route.name), .text($0)] }
    }
    guard !rows.isEmpty else { return [] }
    return [
      .figure(
        Report.Figure(
          "Why some routes do not exist for this program.",
          .table(Table([Table.Column("route"), Table.Column("reason")], rows: rows)),
          command: findings.command))
    ]
  }

  private var errors: Report.Section {
    let figures = findings.runs.map { run -> Report.Block in
      let isBounded = run.holds != nil
      if run.errors.allSatisfy({ $0 == 0 }), run.bounds.allSatisfy({ $0 == 0 }) {
        let proof = isBounded ? ", and that is proved" : "; nothing is proved"
        return .text("\(run.route) in \(run.format): every output is exact\(proof).")
      }
      func points(_ values: [Double]) -> [Plot.Point] {
        values.enumerated().map { Plot.Point(Double($0), $1) }
      }
      var series = [
        Plot.Series(
          "observed error", run.errors.count <= 200 ? .points : .line, hue: 1,
          points(run.errors))
      ]
      if isBounded {
        series.insert(Plot.Series("certified bound", .band, hue: 0, points(run.bounds)), at: 0)
      }
      let what = isBounded ? "certified and observed error" : "observed error only, not certified"
      return .figure(
        Report.Figure(
          "\(run.route) in \(run.format): \(what), by token.",
          .plot(
            Plot(
              "Errors of \(run.route) in \(run.format)", x: Axis("token"),
              y: Axis("error", .log(base: 10)), series: series)),
          command: run.command))
    }
    return Report.Section(
      "Floats",
      [
        .text(
          "The largest error of a token's outputs, against the program over the rationals. The "
            + "shaded band is where it certainly lies: bounds are computed beside the floats, in "
            + "their order of operations. An error of 0 is the exact number, a bound of 0 its "
            + "proof.")
      ] + figures)
  }

  private var outputs: Report.Section {
    Report.Section(
      "Tokens and outputs",
      [
        .figure(
          Report.Figure(
            "Exact outputs.",
            .table(
              Table(
                [.number("token"), Table.Column("input"), Table.Column("output")],
                rows: findings.outputs.enumerated().map { index, row in
                  [.integer(index), .text(row.token), .text(row.output)]
                })),
            command: findings.command))
      ])
  }

  private var drawings: Report.Section {
    let program = findings.program
    let count = program.graph.nodes.count
    var blocks: [Report.Block] = [
      .text(
        "Boxes have the author's names; below them the operation and the dimension of its result. "
          + "States, which remember, have thick frames without round corners; ReLUs dashed ones, "
          + "products dotted ones; the input and the output are round.")
    ]
    if count > ProgramPage.mostReadable,
      let lines = GraphDrawing(lines: program, title: "The lines of \(findings.name)")
    {
      blocks.append(
        figure(
          "The program line by line: a box for each line of its text, framed by what it has of "
            + "states, products and ReLUs.", lines))
    }
    blocks.append(
      figure(
        "The program's graph, \(count) nodes.",
        GraphDrawing(program, title: "The program \(findings.name)")))
    if let path = findings.path, path.steps.count <= ProgramPage.longestPath {
      blocks.append(
        figure(
          "Its lean path, \(path.steps.count) steps.",
          GraphDrawing(path, title: "The lean path of \(findings.name)")))
    }
    return Report.Section("The program", blocks)
  }

  private func figure(_ caption: String, _ graph: GraphDrawing) -> Report.Block {
    .figure(Report.Figure(caption, .graph(graph), command: findings.command))
  }
}

extension ProgramFindings.Route {
  fileprivate var refusal: String? { if case .refused(let reason) = result { reason } else { nil } }
}
