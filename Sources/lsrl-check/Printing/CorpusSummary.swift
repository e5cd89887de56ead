import Architectures
import Compiler
import ExactJSON
import Verification

/// Programs against architectures: what became of all runs of a program, and how large it is.
struct CorpusSummary: Sendable {
  struct Row: Sendable {
    let program: String
    let runs: Int
    let architecture: Architecture

    /// right, refused (reason), wrong, undecided: the worst of all runs.
    let verdict: String

    /// Nil where the architecture refuses.
    let size: StackSize?
    let depth: Int?

    /// What came of looking for a certificate, if one was asked for and there are layers.
    var certification: Certification?
  }

  private(set) var rows: [Row] = []

  /// `lines` are all runs of the program of `compilation`, in the order of the file.
  static func rows(
    _ lines: [CorpusLine], _ compilation: Compilation, certifying: Bool
  ) -> [Row] {
    compilation.stacks.map { architecture, stack in
      let results = lines.compactMap { line in
        line.results.first { $0.route == .architecture(architecture) }?.result
      }
      let lowered = try? stack.get()
      return Row(
        program: lines.first?.name ?? "", runs: lines.count, architecture: architecture,
        verdict: verdict(stack, results, runs: lines.count), size: lowered?.size,
        depth: lowered?.depth,
        certification: certifying && lowered != nil
          ? compilation.certification(of: .architecture(architecture)) : nil)
    }
  }

  private static func verdict(
    _ stack: Result<LayerStack, LoweringRefusal>, _ results: [RouteResult], runs: Int
  ) -> String {
    if case .failure(let refusal) = stack { return "refused (\(refusal.summary))" }
    var counts = (wrong: 0, refused: 0, right: 0)
    for result in results {
      switch result {
      case .right: counts.right += 1
      case .wrong: counts.wrong += 1
      case .refused: counts.refused += 1
      case .undecided: break
      }
    }
    if counts.wrong > 0 { return "WRONG (\(counts.wrong) of \(runs))" }
    if counts.right == runs { return "right" }
    let undecided = runs - counts.right - counts.refused
    if undecided > 0 { return "undecided (\(undecided) of \(runs))" }
    return "refused (\(counts.refused) of \(runs) too long)"
  }

  /// The worst that certificates say: other outputs refute, and where none is found nothing is said.
  var outcome: Outcome {
    let isRefuted = rows.contains { if case .different? = $0.certification { true } else { false } }
    return isRefuted ? .refuted : .holds
  }

  mutating func add(_ rows: [Row]) { self.rows += rows }

  /// A line for each program and architecture, in columns.
  var text: String {
    var header = [
      "program", "runs", "architecture", "layers", "width", "parameters", "nonzero", "depth",
      "verdict",
    ]
    let isCertified = rows.contains { $0.certification != nil }
    if isCertified { header.append("certificate") }
    let cells =
      [header] + rows.map { $0.cells + (isCertified ? [$0.certification?.brief ?? "-"] : []) }
    let widths = header.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    let texts: Set<Int> = [0, 2, 8, 9]
    return cells.map { row in
      row.indices.map { column in
        let blanks = String(repeating: " ", count: widths[column] - row[column].count)
        if column == row.count - 1 { return row[column] }
        return texts.contains(column) ? row[column] + blanks : blanks + row[column]
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

extension CorpusSummary.Row {
  fileprivate var cells: [String] {
    let sizes = [size?.layerCount, size?.width, size?.denseParameters, size?.nonzeros, depth]
    return [program, "\(runs)", architecture.rawValue] + sizes.map { $0?.grouped ?? "-" }
      + [verdict]
  }

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("program", .string(program)), .init("runs", JSONValue(runs)),
      .init("architecture", .string(architecture.rawValue)), .init("verdict", .string(verdict)),
    ]
    if let size { members.append(.init("size", size.json)) }
    if let depth { members.append(.init("depth", JSONValue(depth))) }
    if let certification { members.append(.init("certificate", .string(certification.brief))) }
    return .object(members)
  }
}
