import Foundation

/// The checker whose soundness is proved in Coq, as a program beside this one.
struct VerifiedChecker {
  let path: String

  /// The one at `path`, or else the one that `make proofs` built in the package that this command
  /// was built in, or that is the current folder.
  init(at path: String?) throws {
    if let path {
      guard FileManager.default.isExecutableFile(atPath: path) else {
        throw Failure.badInput(
          "\(path): expected the verified checker, found none; `make proofs` builds it")
      }
      self.path = path
      return
    }
    let executable = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    let folders = [executable, URL(filePath: FileManager.default.currentDirectoryPath)]
    for start in folders {
      var folder = start
      for _ in 0..<8 {
        let candidate = folder.appending(path: "proofs/_build/verified-checker")
        if FileManager.default.isExecutableFile(atPath: candidate.path) {
          self.path = candidate.path
          return
        }
        folder.deleteLastPathComponent()
      }
    }
    throw Failure.badInput(
      "the verified checker has not been built: run `make proofs`, or name it by --checker")
  }

  struct Run {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs it on a certificate.
  func run(_ options: [String] = [], onFile file: String) throws -> Run {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "lsrl-check-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let output = folder.appending(path: "output").path
      let errors = folder.appending(path: "errors").path
      for path in [output, errors] { try Data().write(to: URL(filePath: path)) }
      let process = Process()
      process.executableURL = URL(filePath: path)
      process.arguments = options + [file]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle(forWritingAtPath: output)
      process.standardError = FileHandle(forWritingAtPath: errors)
      try process.run()
      process.waitUntilExit()
      guard process.terminationReason == .exit else {
        throw Failure.badInput("\(path): ended by signal \(process.terminationStatus)")
      }
      return Run(
        status: process.terminationStatus,
        output: try String(contentsOfFile: output, encoding: .utf8),
        errors: try String(contentsOfFile: errors, encoding: .utf8))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure.badInput("\(path): cannot be run: \(error.localizedDescription)")
    }
  }
}
