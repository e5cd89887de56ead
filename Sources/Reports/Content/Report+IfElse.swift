extension Report {
  /// Error against λ, for each variant and format; then what it takes to have none.
  public static func ifElse(_ findings: IfElseFindings, producer: String) -> Report {
    IfElsePage(findings: findings).report(producer)
  }
}

private struct IfElsePage {
  let findings: IfElseFindings

  func report(_ producer: String) -> Report {
    var sections = formats.map(errors)
    if findings.curves.contains(where: { $0.guards == IfElsePage.ends }) {
      sections.append(endsSection)
    }
    if !findings.needsByMu.isEmpty || !findings.needsByLambda.isEmpty { sections.append(needs) }
    return Report(
      kind: "ifelse", title: "Rounding errors of f_ifelse",
      summary: "f_ifelse returns t if its guard c is 1 and f if it is 0. It is made of affine maps "
        + "and ReLUs, with a constant λ that must be at least |t| and |f|. Here: how far a float "
        + "result can be from the exact one, for |t|, |f| ≤ \(findings.range), as proved for all "
        + "inputs and as found by a search.",
      verdicts: verdicts, sections: sections, producer: producer)
  }

  private static let ends = "0,1"
  private static let between = "0..1"

  private var formats: [String] { unique(findings.curves.map(\.format)) }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  private func curves(_ format: String, _ guards: String) -> [IfElseFindings.Curve] {
    findings.curves.filter { $0.format == format && $0.guards == guards }
  }

  // MARK: - Verdicts

  private var verdicts: [Report.Verdict] {
    let points = findings.curves.flatMap(\.points)
    let wrong = points.count { point in point.observed.map { !($0 <= point.bound) } ?? false }
    let soundness = Report.Verdict(
      wrong == 0 ? .holds : .refuted, "No error that was found is larger than its bound",
      "\(points.count) questions, seed \(findings.seed)")
    return [soundness] + formats.flatMap { [exactWhenWritten($0), worst($0)] }
  }

  /// With guards 0 and 1, operation by operation.
  private func exactWhenWritten(_ format: String) -> Report.Verdict {
    let points = curves(format, IfElsePage.ends).filter { $0.form == "written" }.flatMap(\.points)
    let isRefuted = points.contains { $0.observed ?? 0 > 0 }
    let isProved = !points.isEmpty && points.allSatisfy { $0.bound == 0 }
    return Report.Verdict(
      isRefuted ? .refuted : isProved ? .holds : .undecided,
      "As written and with guards that are 0 or 1, every variant is exact in \(format)",
      "for every λ below")
  }

  private func worst(_ format: String) -> Report.Verdict {
    let all = findings.curves.filter { $0.format == format && $0.form.hasPrefix("fused") }
      .flatMap { curve in curve.points.map { (curve, $0) } }
    let worst = all.max { $0.1.observed ?? 0 < $1.1.observed ?? 0 }
    guard let (curve, point) = worst, let error = point.observed, error > 0 else {
      return Report.Verdict(.measured, "Fused, no error was found in \(format)")
    }
    return Report.Verdict(
      .measured, "Fused, the largest error found in \(format) is \(error.shown)",
      "\(curve.variant), \(curve.form), guards \(curve.guards), λ = \(point.lambda.shown)")
  }

  // MARK: - Errors

  private func errors(_ format: String) -> Report.Section {
    let curves = curves(format, IfElsePage.between)
    let figures = unique(curves.map(\.variant)).map { variant -> Report.Block in
      let mine = curves.filter { $0.variant == variant }
      let series = mine.enumerated().flatMap { index, curve -> [Plot.Series] in
        let bounds = curve.points.map { Plot.Point($0.lambda, $0.bound) }
        let found = curve.points.compactMap { point in
          point.observed.map { Plot.Point(point.lambda, $0) }
        }
        return [
          Plot.Series("\(curve.form): bound", .line, hue: index, bounds),
          Plot.Series("\(curve.form): observed", .points, hue: index, found),
        ]
      }
      return .figure(
        Report.Figure(
          "\(variant) in \(format): largest error over guards in [0, 1], against λ.",
          .plot(
            Plot(
              "Errors of \(variant) in \(format)", x: Axis("λ", .log(base: 10)),
              y: Axis("error", .log(base: 10)), series: series)),
          command: findings.command, seed: findings.seed))
    }
    let words =
      "Lines are proved: no guard in [0, 1] and no values err more. Points are errors that occur. "
      + "Written means operation by operation; fused means that affine maps are folded, as on a "
      + "compiled path, with the guard's column first or last in each row. μ = \(findings.mu)."
    return Report.Section("Errors in \(format)", [.text(words)] + figures)
  }

  private var endsSection: Report.Section {
    let tables = formats.map { format -> Report.Block in
      let rows = curves(format, IfElsePage.ends).compactMap { curve -> [Table.Cell]? in
        guard let worst = curve.points.max(by: { $0.bound < $1.bound }) else { return nil }
        return [
          .text(curve.variant), .text(curve.form), .number(worst.bound),
          Table.Cell(curve.points.compactMap(\.observed).max()),
          worst.bound == 0 ? .text("exact") : .text("λ = \(worst.lambda.shown)"),
        ]
      }
      return .figure(
        Report.Figure(
          "Largest error over all λ in \(format), with guards that are 0 or 1.",
          .table(
            Table(
              [
                Table.Column("variant"), Table.Column("form"), .number("bound"),
                .number("observed"), Table.Column("largest at"),
              ], rows: rows)),
          command: findings.command, seed: findings.seed))
    }
    return Report.Section(
      "Guards that are 0 or 1",
      [
        .text(
          "In programs guards are 0 or 1. Then a form is exact, or what is lost is lost because λ "
            + "is added to a value before it cancels.")
      ] + tables)
  }

  // MARK: - Needs

  private var needs: Report.Section {
    var blocks: [Report.Block] = [
      .text(
        "Where guards are 0 or 1 and t, f are whole numbers up to \(findings.range), nothing is "
          + "ever rounded in a format with enough bits of significand. How many depends on the "
          + "constants: powers of two that are just large enough cost least. Where forms need the "
          + "same, their lines lie on each other.")
    ]
    for (name, needs, rest) in [
      ("λ", findings.needsByLambda, "μ = 4"),
      ("μ", findings.needsByMu, "λ = \(findings.smallLambda)"),
    ] where !needs.isEmpty {
      let series = needs.enumerated().flatMap { index, need -> [Plot.Series] in
        let title = need.form.isEmpty ? need.variant : "\(need.variant), \(need.form)"
        return Plot.Series.marked(title, hue: index, need.points.map(\.point))
      }
      blocks.append(
        .figure(
          Report.Figure(
            "Bits needed for exactness against \(name), \(rest), guards 0 or 1, whole values.",
            .plot(
              Plot(
                "Bits needed against \(name)", x: Axis(name, .log(base: 2)),
                y: Axis("significand", unit: "bits"), series: series,
                levels: Plot.Level.precisions)),
            command: findings.command)))
    }
    return Report.Section("What it takes to be exact", blocks)
  }
}

extension Plot.Level {
  /// The precisions of the usual formats, in bits.
  static let precisions = [
    Plot.Level("bfloat16", 8), Plot.Level("binary16", 11), Plot.Level("binary32", 24),
    Plot.Level("binary64", 53),
  ]
}

extension Plot.Series {
  /// A line through points that are seen.
  static func marked(_ name: String, hue: Int, _ points: [Plot.Point]) -> [Plot.Series] {
    [
      Plot.Series("\(name): line", .line, hue: hue, points),
      Plot.Series("\(name): points", .points, hue: hue, points),
    ]
  }
}
