import ArgumentParser

/// Bounds on rounding errors: of one f_ifelse, of programs over boxes of tokens.
struct BoundCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bound",
    abstract: "Proves bounds on rounding errors.",
    discussion: """
      Examples:
        lsrl-check bound ifelse --lambda 1e10 --format binary64
        lsrl-check bound program.lsrl --input tokens.csv --route lean --format binary32
        lsrl-check bound program.lsrl --box box.txt --steps 100
        lsrl-check bound survey fixtures/corpus/random.jsonl
        lsrl-check bound campaign --comparisons 1000000
      """,
    subcommands: [
      BoundProgramCommand.self, BoundIfElseCommand.self, BoundSurveyCommand.self,
      BoundCampaignCommand.self,
    ],
    defaultSubcommand: BoundProgramCommand.self)
}
