/// What was proved about exactness, over variants and constants, in plain values.
public struct ExactFindings: Sendable {
  /// One program, one route.
  public struct Case: Hashable, Sendable {
    public var variant: String
    public var route: String

    /// Nil where the program's own constant is left as it is.
    public var mu: Double?
    public var lambda: Double?

    /// Nil where no number of bits is known to be enough.
    public var bits: Int?

    /// Whether all numbers of outputs are proved exact, by format in the order of the findings.
    public var isProved: [Bool]

    /// The first number that may not fit into the last format that is not proved; may be empty.
    public var obstacle: String

    public init(
      variant: String, route: String, mu: Double?, lambda: Double?, bits: Int?,
      isProved: [Bool], obstacle: String
    ) {
      self.variant = variant
      self.route = route
      self.mu = mu
      self.lambda = lambda
      self.bits = bits
      self.isProved = isProved
      self.obstacle = obstacle
    }
  }

  public var name: String

  /// Which tokens are assumed, and how many, in words.
  public var assumption: String
  public var formats: [String]
  public var cases: [Case] = []
  public var command: String

  public init(name: String, assumption: String, formats: [String], command: String) {
    self.name = name
    self.assumption = assumption
    self.formats = formats
    self.command = command
  }
}

extension Report {
  /// How many bits a program needs so that no number of any run is rounded, against its constants.
  public static func exact(_ findings: ExactFindings, producer: String) -> Report {
    ExactPage(findings: findings).report(producer)
  }
}

private struct ExactPage {
  let findings: ExactFindings

  func report(_ producer: String) -> Report {
    Report(
      kind: "exact", title: "Where floats are exact: \(findings.name)",
      summary: "If every product and every partial sum of every run fits into a format, nothing is "
        + "ever rounded, and outputs in floats are the exact ones. Assumed: "
        + "\(findings.assumption).",
      verdicts: verdicts,
      sections: [bits, cases], producer: producer)
  }

  private var routes: [String] { unique(findings.cases.map(\.route)) }
  private var variants: [String] { unique(findings.cases.map(\.variant)) }

  private func unique<Name: Hashable>(_ names: [Name]) -> [Name] {
    var seen: Set<Name> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// For each route and format the constants with which all variants are proved exact.
  private var verdicts: [Report.Verdict] {
    routes.flatMap { route in
      findings.formats.enumerated().map { index, format in
        let mine = findings.cases.filter { $0.route == route }
        let proved = unique(mine.map(\.setting)).filter { setting in
          mine.allSatisfy { $0.setting != setting || $0.isProved[index] }
        }
        let some = mine.count { $0.isProved[index] }
        return Report.Verdict(
          proved.isEmpty ? .measured : .holds,
          "\(route) in \(format): every variant is exact with "
            + (proved.isEmpty ? "none of the constants" : settings(proved)),
          "\(some) of \(mine.count) pairs of variant and constants are proved.")
      }
    }
  }

  /// `μ = 2, 4 (λ = 32)`
  private func settings(_ settings: [ExactFindings.Case.Setting]) -> String {
    unique(settings.map(\.lambda)).map { lambda in
      let mus = settings.filter { $0.lambda == lambda }.compactMap { $0.mu?.shown }
      let mu = mus.isEmpty ? "μ as written" : "μ = \(mus.joined(separator: ", "))"
      return mu + (lambda.map { " (λ = \($0.shown))" } ?? "")
    }.joined(separator: "; ")
  }

  private var bits: Report.Section {
    let lambdas = unique(findings.cases.map(\.lambda))
    let figures = routes.flatMap { route in
      lambdas.compactMap { figure(route, lambda: $0) }
    }
    return Report.Section(
      "Bits against μ",
      [
        .text(
          "Lines across are the precisions of formats: what lies on or below one is exact in it, "
            + "if nothing overflows. Where no number of bits is enough the point stands at ∞; so it "
            + "is for constants such as 1/1000 that no binary format has. Where variants need the "
            + "same, their lines lie on each other.")
      ] + figures)
  }

  private func figure(_ route: String, lambda: Double?) -> Report.Block? {
    let mine = findings.cases.filter { $0.route == route && $0.lambda == lambda && $0.mu != nil }
    guard !mine.isEmpty else { return nil }
    let constant = lambda.map { "λ = \($0.shown)" } ?? "λ as written"
    let series = variants.enumerated().flatMap { index, variant in
      let points = mine.filter { $0.variant == variant }
        .map { BitNeed(constant: $0.mu ?? 1, bits: $0.bits).point }.sorted { $0.x < $1.x }
      return points.isEmpty ? [] : Plot.Series.marked(variant, hue: index, points)
    }
    return .figure(
      Report.Figure(
        "\(route), \(constant): bits needed, by variant and μ.",
        .plot(
          Plot(
            "Bits needed on \(route)", x: Axis("μ", .log(base: 2)),
            y: Axis("significand", unit: "bits"), series: series, levels: Plot.Level.precisions)),
        command: findings.command))
  }

  private var cases: Report.Section {
    let rows = findings.cases.map { found -> [Table.Cell] in
      [
        .text(found.variant), .text(found.route), Table.Cell(found.mu), Table.Cell(found.lambda),
        found.bits.map { .integer($0) } ?? "none",
      ] + found.isProved.map { .verdict($0 ? .holds : .undecided) } + [.text(found.obstacle)]
    }
    return Report.Section(
      "Each case",
      [
        .text(
          "undecided does not say that floats err: the analysis could not show that they do not. "
            + "The last column has the first number that may not fit."),
        .figure(
          Report.Figure(
            "Bits and verdicts.",
            .table(
              Table(
                [
                  Table.Column("variant"), Table.Column("route"), .number("μ"), .number("λ"),
                  .number("bits"),
                ] + findings.formats.map { Table.Column($0) } + [Table.Column("obstacle")],
                rows: rows)),
            command: findings.command)),
      ])
  }
}

extension ExactFindings.Case {
  fileprivate struct Setting: Hashable {
    let mu: Double?
    let lambda: Double?
  }

  fileprivate var setting: Setting { Setting(mu: mu, lambda: lambda) }
}
