import Compiler
import ExactArithmetic
import LSRL

/// What can be measured.
public enum Suite: String, Sendable, CaseIterable {
  case exact, float, trials, compile, bound, growth

  /// What its rows are about.
  public var title: String {
    switch self {
    case .exact: "the exact engine, beside python-flint, gmpy2 and C FLINT"
    case .float: "lanes of floats, beside scipy and the core's peak"
    case .trials: "whole random trials, and cases of listing 2"
    case .compile: "the compilers"
    case .bound: "bounds on rounding errors: how near, at what cost; beside Gappa"
    case .growth: "how costs grow with nodes, width, tokens and bits"
    }
  }
}

/// Measures, with peers beside, in one run.
public struct Bench: Sendable {
  private let peers: Peers
  private let stopwatch: Stopwatch

  /// A program of some size, with tokens: Listing 2.
  private let program: Program
  private let workload: Workload
  private let corpus: [CorpusCase]

  /// `peers`: the folder that `make bench-peers` set up; it may be missing. `corpus`: random
  /// programs with tokens, which bounds are held against.
  public init(
    peers folder: String, program: Program, named name: String, on tokens: [[Rational]],
    corpus: [CorpusCase] = [], stopwatch: Stopwatch = Stopwatch()
  ) {
    peers = Peers(folder: folder)
    self.program = program
    self.stopwatch = stopwatch
    self.corpus = corpus
    workload = Workload(name, program.leanPath, on: tokens)
  }

  public func rows(of suite: Suite) async throws -> [Row] {
    switch suite {
    case .exact: try ExactSuite(peers: peers, stopwatch: stopwatch).rows()
    case .float: try FloatSuite(peers: peers, stopwatch: stopwatch, program: workload).rows()
    case .trials:
      try await TrialSuite(stopwatch: stopwatch, source: program, program: workload).rows()
    case .compile: try CompileSuite(stopwatch: stopwatch, program: program).rows()
    case .bound:
      try BoundSuite(
        stopwatch: stopwatch, program: workload, corpus: corpus, peers: peers
      ).rows()
    case .growth: try growths().flatMap(\.rows)
    }
  }

  /// The rows of `growth`, before they are rows.
  public func growths() throws -> [Growth] {
    try GrowthSuite(stopwatch: stopwatch, program: workload).growths()
  }
}
