/// Figures of the noise experiment, in plain values: what `lsrl-check noise --json` writes.
public struct NoiseFindings: Sendable {
  /// One variant at one level of noise.
  public struct Cell: Hashable, Sendable {
    public var variant: String
    public var level: Double

    /// By target; infinite where an output is no number.
    public var figures: [Double]
    public var authors: [Double]

    /// Without noise: `certified`, `wrong` or `undecided`; `measured` if nothing was asked.
    public var verdict: String

    /// Tokens on which the variant goes wrong.
    public var witness: String?

    public init(
      variant: String, level: Double, figures: [Double], authors: [Double], verdict: String,
      witness: String?
    ) {
      self.variant = variant
      self.level = level
      self.figures = figures
      self.authors = authors
      self.verdict = verdict
      self.witness = witness
    }
  }

  /// `vec2vec` or `tok2tok`.
  public var experiment: String

  /// What tells this run from others of the experiment.
  public var title: String

  /// λ, μ, the route and whatever else the figures depend on, in words.
  public var setting: String
  public var seed: UInt64
  public var cells: [Cell]
  public var command: String

  public init(
    experiment: String, title: String, setting: String, seed: UInt64, cells: [Cell], command: String
  ) {
    self.experiment = experiment
    self.title = title
    self.setting = setting
    self.seed = seed
    self.cells = cells
    self.command = command
  }
}

extension Report {
  /// Strip plots of each experiment, the authors' points beside ours.
  public static func noise(_ experiments: [NoiseFindings], producer: String) -> Report {
    Report(
      kind: "noise", title: "Compiled programs with noisy weights",
      summary: "Figure 4 of arXiv 2406.01424 again: every number of a compiled path that is not "
        + "zero gets independent Gaussian noise, the states are set to those without noise before "
        + "each token, and the outputs are judged.",
      verdicts: experiments.flatMap(\.verdicts), sections: experiments.map(\.section),
      producer: producer)
  }
}

extension NoiseFindings {
  private var variants: [String] {
    var seen: Set<String> = []
    return cells.map(\.variant).filter { seen.insert($0).inserted }
  }

  /// Vectors are judged by distance, words by how many are wrong.
  private var axis: Axis {
    experiment == "vec2vec"
      ? Axis("mean distance to the target", .log(base: 10)) : Axis("wrong tokens", unit: "%")
  }

  /// Variants that are right are counted; each that is not has a line of its own.
  fileprivate var verdicts: [Report.Verdict] {
    let clean = cells.filter { $0.level == 0 }
    let right = clean.filter { $0.verdict == "certified" }.map(\.variant)
    let others = clean.compactMap { cell -> Report.Verdict? in
      let claim = "\(title), \(cell.variant): right without noise"
      let witness = cell.witness.map { "wrong on the tokens \($0)" } ?? ""
      switch cell.verdict {
      case "wrong": return Report.Verdict(.refuted, claim, "\(setting); \(witness)".clipped(700))
      case "undecided": return Report.Verdict(.undecided, claim, setting)
      default: return nil
      }
    }
    guard !right.isEmpty else { return others }
    return [
      Report.Verdict(
        .holds,
        "\(title): rounding alone changes no answer of \(right.joined(separator: ", "))",
        "certified by running bounds, on the first targets; \(setting)")
    ] + others
  }

  fileprivate var section: Report.Section {
    let hasAuthors = cells.contains { !$0.authors.isEmpty }
    let groups = variants.map { variant in
      StripPlot.Group(
        variant,
        cells.filter { $0.variant == variant }.flatMap { cell -> [StripPlot.Strip] in
          let row = cell.level.shown
          let ours = StripPlot.Strip(row, source: 0, cell.figures)
          return cell.authors.isEmpty
            ? [ours] : [ours, StripPlot.Strip(row, source: 1, cell.authors)]
        })
    }
    let targets = cells.map(\.figures.count).max() ?? 0
    return Report.Section(
      title,
      [
        .text("\(setting). Each point is one of \(targets) targets."),
        .figure(
          Report.Figure(
            "\(axis.title) by variant of f_ifelse and standard deviation of the noise.",
            .strips(
              StripPlot(
                "Noise in \(title)", axis: axis, rowLabel: "noise",
                sources: hasAuthors ? ["ours", "the authors'"] : ["ours"], groups: groups)),
            command: command, seed: seed)),
        .figure(
          Report.Figure(
            "Medians of \(axis.title), ours"
              + (hasAuthors ? " and the authors' in brackets." : "."),
            .table(medians), command: command, seed: seed)),
      ])
  }

  private var medians: Table {
    var levels: [Double] = []
    for cell in cells where !levels.contains(cell.level) { levels.append(cell.level) }
    return Table(
      [Table.Column("variant")] + levels.map { .number("noise \($0.shown)") },
      rows: variants.map { variant in
        [.text(variant)]
          + levels.map { level in
            guard let cell = cells.first(where: { $0.variant == variant && $0.level == level })
            else { return .none }
            func median(_ values: [Double]) -> Double? {
              StripPlot.Strip("", source: 0, values).median
            }
            let ours = (median(cell.figures) ?? .nan).text(digits: 3)
            let theirs = median(cell.authors).map { " [\($0.text(digits: 3))]" } ?? ""
            return .text(ours + theirs)
          }
      })
  }
}
