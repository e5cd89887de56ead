import ExactArithmetic
import FixtureFiles
import Foundation
import LSRL
import Testing

@testable import Benchmarks

@Suite("The reference beside one sequence of floats")
struct ReferencePeerTests {
  /// x ↦ 3x + 1/2.
  private static func workload() throws -> Workload {
    let map = AffineMap(Matrix(dense: [[3]]), offset: [Rational(1, 2)])
    let path = try PathGraph(inputDimension: 1, steps: [PathGraph.Step(.linear(map))])
    return Workload("small", path, on: [[1], [-2]])
  }

  /// With a reference and, in place of its Python, a shell script; nil leaves it out.
  private static func row(package: Bool, python: String?) throws -> Row {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "lsrl-check-\(UUID().uuidString)")
    defer { try? files.removeItem(at: folder) }
    func file(_ name: String) throws -> URL {
      let file = folder.appending(path: name)
      try files.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      return file
    }
    if package { try Data().write(to: file("reference/lsrl/__init__.py")) }
    if let python {
      try ExecutableFile.write(
        "#!/bin/sh\n\(python)\n", to: file("reference-python/bin/python").path)
    }
    return try FloatSuite(
      peers: Peers(folder: folder.path), stopwatch: Stopwatch(repetitions: 1, least: .zero),
      program: workload()
    ).single()
  }

  @Test("Where it is not installed, nothing is compared")
  func absent() throws {
    let row = try Self.row(package: false, python: "exit 1")
    #expect(row.verdict == .notCompared && row.peers.isEmpty)
  }

  @Test("Where it computes the same, its median is compared")
  func present() throws {
    // It is given the workload, how often, and the reference's folder.
    let row = try Self.row(
      package: true,
      python: """
        [ -s "$2" ] && [ "$3" = 5 ] && [ -d "$4/lsrl" ] || exit 1
        printf 'seconds %s\\n' 4000 2000 1000
        echo outputs 3.5 -5.4999
        """)
    #expect(row.peers.map(\.figure.median) == [0.001])
    #expect(row.achieved == row.figure.median / 0.001 && row.verdict == .aim)
    let fast = try Self.row(package: true, python: "echo seconds 1e-30; echo outputs 3.5 -5.5")
    #expect(fast.verdict == .below)
  }

  @Test(
    "Where it computes something else, the bench stops",
    arguments: ["3.5 -5.4", "3.5", "3.5 -5.5 0", "3.5 nan", "3.5 many", ""])
  func wrong(outputs: String) {
    let error = #expect(throws: BenchError.self) {
      try Self.row(package: true, python: "echo seconds 1; echo outputs \(outputs)")
    }
    #expect(error?.description.contains("numeric mode computes other numbers") == true)
  }

  @Test("Where it is broken, the bench says why")
  func broken() {
    let reasons: [(python: String?, reason: String)] = [
      ("echo 'Traceback' >&2; echo 'ImportError: no numpy' >&2; exit 1", "ImportError: no numpy"),
      ("kill -9 $$", "it fails without a word"), ("echo outputs 3.5 -5.5", "it prints no time"),
      (nil, "it cannot be started: "),
    ]
    for (python, reason) in reasons {
      let error = #expect(throws: PeerFailure.self) {
        try Self.row(package: true, python: python)
      }
      let expected = "the reference's numeric mode: \(reason)"
      #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "none")")
    }
  }
}
