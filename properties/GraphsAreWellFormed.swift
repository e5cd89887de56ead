import Compiler
import LSRL
import PropertyTesting

extension Property {
  /// What the generator, the lean compiler and the renaming of nodes build are graphs in the full
  /// sense: a second check of every invariant, which shares no code with the first.
  public static let graphsAreWellFormed = Property(
    id: "graphs-are-well-formed",
    statement: "programs, and the paths that they compile to, keep every invariant of graphs"
  ) { run in
    for (name, graph) in [
      ("the program", run.program.graph), ("its lean path", run.program.leanPath.graph),
      ("the program renamed", run.program.graph.canonicallyNamed),
    ] {
      if let broken = graph.brokenInvariant {
        return Examination(.refuted(kind: "\(name) is ill-formed", explanation: broken))
      }
    }
    return Examination(.holds)
  }
}
