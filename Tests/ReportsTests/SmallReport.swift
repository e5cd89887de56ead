import Reports

/// A report with one of everything, small enough to read its pages.
enum SmallReport {
  static let value = Report(
    kind: "program", title: "A small report", summary: "One of everything.",
    verdicts: [
      Report.Verdict(.holds, "outputs are right", "on 2 tokens"),
      Report.Verdict(.refuted, "errors are zero"), Report.Verdict(.undecided, "anything else"),
      Report.Verdict(.measured, "2 tokens were read"),
    ],
    sections: [
      Report.Section(
        "Numbers",
        [
          .text("Errors & bounds, λ = 10^10."),
          .figure(
            Report.Figure(
              "What was found.",
              .table(
                Table(
                  [
                    Table.Column("format"), .number("error"), .number("bits"),
                    Table.Column("verdict"),
                  ],
                  rows: [
                    ["binary64", .number(1.9073486328125e-6), .integer(53), .verdict(.holds)],
                    ["binary32", .number(.infinity), .none, .verdict(.undecided)],
                  ])),
              command: "lsrl-check bound ifelse", seed: 1)),
        ]),
      Report.Section(
        "Pictures",
        [
          .figure(
            Report.Figure(
              "Errors over time.",
              .plot(
                Plot(
                  "Errors", x: Axis("token"), y: Axis("error", .log(base: 10)),
                  series: [
                    Plot.Series("bound", .band, hue: 0, [.init(0, 1e-9), .init(1, 1e-7)]),
                    Plot.Series("observed", .points, hue: 0, [.init(0, 0), .init(1, 5e-8)]),
                    Plot.Series("closed form", .line, hue: 1, [.init(0, 1e-8), .init(1, 1e-7)]),
                    Plot.Series("lost", .steps, hue: 2, [.init(0, .infinity), .init(1, 1e-9)]),
                  ],
                  levels: [Plot.Level("goal", 1e-8)])),
              command: "lsrl-check run p.lsrl --input t.json")),
          .figure(
            Report.Figure(
              "Noise.",
              .strips(
                StripPlot(
                  "Wrong tokens", axis: Axis("wrong tokens", unit: "%"), rowLabel: "noise",
                  sources: ["ours", "theirs"],
                  groups: [
                    StripPlot.Group(
                      "direct",
                      [
                        StripPlot.Strip("0", source: 0, [0, 0, 10]),
                        StripPlot.Strip("0", source: 1, [90, 100]),
                      ])
                  ])),
              command: "lsrl-check noise tok2tok", seed: 7)),
          .figure(
            Report.Figure(
              "The program.",
              .graph(
                GraphDrawing(
                  "A program",
                  nodes: [
                    .init("x", "Input 1", .input, reading: []),
                    .init("s", "LinState 1", .state, detail: "A = 1", reading: [0]),
                    .init("r", "ReLU", .relu, reading: [1]),
                    .init("y", "Concat", .wiring, reading: [2, 0]),
                  ])),
              command: "lsrl-check report program p.lsrl")),
        ]),
    ], producer: "lsrl-check 0")

  /// The same with a name in every place that a name can have.
  static func named(_ name: String) -> Report {
    Report(
      kind: name, title: name, summary: name,
      verdicts: [Report.Verdict(.holds, name, name)],
      sections: [
        Report.Section(
          name,
          [
            .text(name),
            .figure(
              Report.Figure(
                name, .table(Table([Table.Column(name)], rows: [[.text(name)]])), command: name)),
            .figure(
              Report.Figure(
                name,
                .plot(
                  Plot(
                    name, x: Axis(name, unit: name), y: Axis(name, unit: name),
                    series: [Plot.Series(name, .line, hue: 0, [.init(0, 0), .init(1, 1)])],
                    levels: [Plot.Level(name, 0.5)])), command: name)),
            .figure(
              Report.Figure(
                name,
                .strips(
                  StripPlot(
                    name, axis: Axis(name, unit: name), rowLabel: name, sources: [name],
                    groups: [StripPlot.Group(name, [StripPlot.Strip(name, source: 0, [1, 2])])])),
                command: name)),
            .figure(
              Report.Figure(
                name,
                .graph(
                  GraphDrawing(
                    name, nodes: [.init(name, name, .input, detail: name, reading: [])])),
                command: name)),
          ])
      ], producer: name)
  }
}
