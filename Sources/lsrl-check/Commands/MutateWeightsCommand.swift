import Architectures
import ArgumentParser
import ExactArithmetic
import ExactJSON
import LSRL
import Properties
import PropertyTesting
import Verification

struct MutateWeightsCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutate-weights",
    abstract: "Changes single weights of compiled programs, and tells which changes are noticed.",
    discussion: """
      Examples:
        lsrl-check mutate-weights fixtures/programs/running-maximum.lsrl --arch all
        lsrl-check mutate-weights --random 20 --arch gru --changes 200 --seed 7

      Each change is caught, if some output differs from the program's on one of 50 random \
      sequences or cannot be computed exactly any more; or its weight is dead: no number in its \
      place reaches an output, which is proved; or the change is harmless: the changed network is \
      shown to have the same outputs on every sequence, from one step by cases of signs or by a \
      certificate; or it is caught later, on tokens that were looked for beside the kinks of \
      ReLUs; or nothing is known. Half of the changes are to weights that are not zero. Exits with \
      2 if of some change nothing is known.
      """)

  @Argument(help: "Programs: .lsrl files, or .json files in the corpus's form.")
  var programs: [String] = []

  @Option(help: "Take this many random programs too.")
  var random = 0

  @OptionGroup var compiler: CompilerOptions

  @Option(help: "How many changes to try for each program and architecture.")
  var changes = 200

  @Option(help: "How many random sequences to compare on.")
  var sequences = 50

  @Option(help: "Where the random numbers start.")
  var seed: UInt64 = 1

  @Flag(help: "Name the dead weights and the changes that nothing is known of.")
  var verbose = false

  @Flag(help: "Print a JSON object for each program and architecture.")
  var json = false

  func validate() throws {
    guard random >= 0, changes > 0, sequences > 0 else {
      throw ValidationError("--random must not be negative; --changes, --sequences positive")
    }
    guard random > 0 || !programs.isEmpty else {
      throw ValidationError("expected programs, or --random")
    }
    guard try !compiler.architectures().isEmpty else { throw ValidationError("expected an --arch") }
  }

  func perform() async throws -> Outcome {
    let architectures = try compiler.architectures()
    let jobs = try subjects().flatMap { subject in architectures.map { (subject, $0) } }
    var totals: [Architecture: MutationTally] = [:]
    try await withThrowingTaskGroup(of: (job: Int, report: Report?).self) { tasks in
      var started = 0
      func start() {
        guard started < jobs.count else { return }
        let (number, (subject, architecture)) = (started, jobs[started])
        tasks.addTask { (number, try report(on: subject, architecture)) }
        started += 1
      }
      // Not all at once: they would not be taken in order, and nothing would be printed for long.
      for _ in 0..<Self.jobsAtOnce { start() }
      var waiting: [Int: Report?] = [:]
      var printed = 0
      for try await (number, report) in tasks {
        start()
        waiting[number] = report
        while let next = waiting.removeValue(forKey: printed) {
          if let next {
            totals[jobs[printed].1, default: MutationTally()].add(next.tally)
            for line in next.lines { try StandardOutput.line(line) }
          }
          printed += 1
        }
      }
    }
    if !json {
      for architecture in architectures {
        let text = totals[architecture]?.text ?? "refuses every program"
        try StandardOutput.line("\(architecture.rawValue): \(text)")
      }
    }
    return totals.values.contains { $0.undecided > 0 } ? .undecided : .holds
  }

  /// More than there are cores, so that none waits for the one whose turn it is to be printed.
  private static let jobsAtOnce = 16

  private typealias Subject = (name: String, program: Program, record: String?)

  /// On one program and architecture.
  private struct Report: Sendable {
    var tally = MutationTally()
    var lines: [String] = []
  }

  /// Nil if the architecture refuses the program.
  private func report(on subject: Subject, _ architecture: Architecture) throws -> Report? {
    let (name, program, record) = subject
    let compilers = compiler.compilers(largestPath: 1)
    guard
      case .success(let stack) = compilers.lower(
        compilers.lean(program), architecture, program.inputRanges)
    else { return nil }
    let kept = randomSequences(for: program).map {
      Array($0.prefix(stack.maximumLength ?? .max))
    }
    guard let study = MutationStudy(of: program, as: stack, on: kept) else {
      throw Failure(
        code: .ourBug, message: "\(name) on \(architecture.rawValue) is wrong unchanged")
    }
    var report = Report()
    study.tally(changes, seed: seed, trial: sequences) { mutation, fate in
      report.tally.count(fate, wasZero: mutation.old == 0)
      if verbose, !json { report.lines += Self.line(on: mutation, fate).map { [$0] } ?? [] }
    }
    if json {
      report.lines.append(report.tally.json(name, architecture).description)
    } else if verbose || !programs.isEmpty {
      report.lines.append("\(name)  \(architecture.rawValue)  \(report.tally.text)")
      if verbose, report.tally.undecided > 0, let record {
        report.lines.append("  program    \(record)")
      }
    }
    return report
  }

  private static func line(on mutation: WeightMutation, _ fate: MutationFate) -> String? {
    switch fate {
    case .dead: "  dead       \(mutation)"
    case .harmless: "  harmless   \(mutation)"
    case .caughtLater(let tokens): "  later      \(mutation), on \(tokens.suffix(8))"
    case .undecided(let reason): "  undecided  \(mutation): \(reason.firstLine)"
    case .caught, .failed: nil
    }
  }

  /// With their records, of random ones: what a file may hold.
  private func subjects() throws -> [Subject] {
    var subjects: [Subject] = []
    for file in programs {
      let read = try ProgramFile.read(file)
      subjects.append((file, read, nil))
    }
    for trial in 0..<random {
      var choices = Choices(random: SplitMix64(seed: seed, trial: trial))
      let drawn = ProgramCase.random(&choices)
      subjects.append(("random-\(trial)", drawn.program, drawn.record))
    }
    return subjects
  }

  private func randomSequences(for program: Program) -> [[[Rational]]] {
    (0..<sequences).map { trial in
      var choices = Choices(random: SplitMix64(seed: ~seed, trial: trial))
      return ProgramCase.tokens(for: program, &choices)
    }
  }
}

extension MutationStudy {
  /// So many random changes, one after the other.
  fileprivate func tally(
    _ changes: Int, seed: UInt64, trial: Int, _ count: (WeightMutation, MutationFate) -> Void
  ) {
    var random = SplitMix64(seed: seed, trial: trial)
    for _ in 0..<changes {
      guard let mutation = mutation(using: &random) else { break }
      count(mutation, fate(of: mutation))
    }
  }
}

/// How many changes had which fate.
struct MutationTally {
  private(set) var caught = 0
  private(set) var failed = 0
  private(set) var dead = 0
  private(set) var harmless = 0
  private(set) var caughtLater = 0
  private(set) var undecided = 0

  /// Of the dead and undecided: those that were zero before.
  private(set) var deadZeros = 0
  private(set) var undecidedZeros = 0

  mutating func count(_ fate: MutationFate, wasZero: Bool) {
    switch fate {
    case .caught: caught += 1
    case .failed: failed += 1
    case .dead:
      dead += 1
      if wasZero { deadZeros += 1 }
    case .harmless: harmless += 1
    case .caughtLater: caughtLater += 1
    case .undecided:
      undecided += 1
      if wasZero { undecidedZeros += 1 }
    }
  }

  mutating func add(_ other: MutationTally) {
    caught += other.caught
    failed += other.failed
    dead += other.dead
    harmless += other.harmless
    caughtLater += other.caughtLater
    undecided += other.undecided
    deadZeros += other.deadZeros
    undecidedZeros += other.undecidedZeros
  }

  var text: String {
    "\(caught.grouped) caught by outputs, \(failed.grouped) by an error, \(dead.grouped) dead "
      + "(\(deadZeros.grouped) of them zeros), \(harmless.grouped) shown harmless, "
      + "\(caughtLater.grouped) caught later, \(undecided.grouped) undecided "
      + "(\(undecidedZeros.grouped) of them zeros)"
  }

  func json(_ program: String, _ architecture: Architecture) -> JSONValue {
    [
      "program": .string(program), "architecture": .string(architecture.rawValue),
      "caught": JSONValue(caught), "failed": JSONValue(failed), "dead": JSONValue(dead),
      "harmless": JSONValue(harmless), "caughtLater": JSONValue(caughtLater),
      "deadZeros": JSONValue(deadZeros), "undecided": JSONValue(undecided),
      "undecidedZeros": JSONValue(undecidedZeros),
    ]
  }
}

extension String {
  fileprivate var firstLine: Substring { prefix { !$0.isNewline }.prefix(200) }
}
