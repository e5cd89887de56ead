import FixtureFiles
import Foundation
import Testing

/// Against scripts that answer in the verified checker's place: what must be found, and is.
@Suite("lsrl-check mutate-certificates")
struct MutateCertificatesTests {
  private static let certificate =
    PackageRoot.file("fixtures/certificates/more-ones-than-zeros.linear-rnn.cert").path

  /// A checker that says what `answers`, cases of a shell's `case`, have for read and check.
  private static func run(
    _ answers: String, in folder: TemporaryFolder, _ options: String...
  ) throws -> Command.Run {
    let script = """
      #!/bin/sh
      while read -r question size; do
        head -c "$size" > /dev/null
        case $question in
        \(answers)
        esac
      done
      """
    try ExecutableFile.write(script, to: folder.path("checker"))
    return try Command.run(
      arguments: [
        "mutate-certificates", certificate, "--checker", folder.path("checker"), "--findings",
        folder.path(""),
      ] + options)
  }

  private static func findings(in folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(""))
      .filter { $0.hasPrefix("finding-certificate-") }
  }

  @Test("A checker that accepts everything, and cannot tell texts apart")
  func credulous() throws {
    let folder = try TemporaryFolder()
    let run = try Self.run(
      "*) echo '0 ' ;;", in: folder, "--mutants", "40", "--bytes", "40", "--json",
      folder.path("result.json"))
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("the judges are not of one mind"), "\(run.output)")
    #expect(run.output.contains("accepted, and the outputs differ on"), "\(run.output)")
    #expect(run.output.contains("the readers are not of one mind"), "\(run.output)")
    let files = try Self.findings(in: folder)
    #expect(files.contains { $0.contains("-mutant-1-") })
    #expect(files.contains { $0.contains("-bytes-1-") })
    let json = try String(contentsOfFile: folder.path("result.json"), encoding: .utf8)
    #expect(json.contains("\"schema\": \"lsrl-check/mutate-certificates/1\""))
    #expect(json.contains("\"bothReject\": 0,"), "\(json)")
    let again = try Self.run(
      "*) echo '0 ' ;;", in: folder, "--mutants", "40", "--bytes", "40")
    #expect(
      again.output.split(separator: "\n").filter { $0.hasPrefix("FOUND") }
        == run.output.split(separator: "\n").filter { $0.hasPrefix("FOUND") })
  }

  @Test("A checker that ends, and one that does not answer in time")
  func broken() throws {
    let folder = try TemporaryFolder()
    let ended = try Self.run(
      "check) echo '0 ' ;; read) exit 3 ;;", in: folder, "--mutants", "0", "--bytes", "3")
    #expect(ended.status == 1, "\(ended.output)\(ended.errors)")
    #expect(ended.output.contains("it ended without an answer"), "\(ended.output)")
    #expect(try Self.findings(in: folder).count == 3)
    let slow = try Self.run(
      "check) echo '0 ' ;; read) exec sleep 20 ;;", in: folder, "--mutants", "0", "--bytes", "1",
      "--patience", "1")
    #expect(slow.status == 1, "\(slow.output)\(slow.errors)")
    #expect(slow.output.contains("no answer in time"), "\(slow.output)")
  }

  @Test("No checker, no certificates, and certificates that are not accepted are 65")
  func refused() throws {
    let folder = try TemporaryFolder()
    let missing = try Command.run(
      "mutate-certificates", Self.certificate, "--checker", folder.path("none"))
    #expect(missing.status == 65 && missing.errors.contains("make proofs"), "\(missing.errors)")
    let rejected = try Self.run("*) echo '1 because' ;;", in: folder, "--mutants", "1")
    #expect(rejected.status == 65 && rejected.errors.contains("because"), "\(rejected.errors)")
    let nothing = try Command.run("mutate-certificates", folder.path(""), "--mutants", "1")
    #expect(nothing.status == 65, "\(nothing.errors)")
  }
}

@Suite("lsrl-check certify --coq")
struct CoqCommandTests {
  private static let program = PackageRoot.file("fixtures/programs/countdown.lsrl").path

  /// With a script in the place of the checker: what it finds is copied into the file.
  @Test("The file says what it is about, and has what the checker found")
  func written() throws {
    let folder = try TemporaryFolder()
    let coq = folder.path("c.v")
    try ExecutableFile.write(
      "#!/bin/sh\n[ \"$1\" = --witnesses ] && echo found\n", to: folder.path("checker"))
    let run = try Command.run(
      "certify", Self.program, "--arch", "lstm", "--coq", coq, "--checker", folder.path("checker"))
    #expect(run.status == 0 && run.output == "lstm: certified\n", "\(run.output)\(run.errors)")
    let text = try String(contentsOfFile: coq, encoding: .utf8)
    #expect(text.contains("countdown.lsrl and lstm, certified"), "\(text)")
    #expect(text.contains("(* witnesses *)\nfound\n(* end of witnesses *)"), "\(text)")
    let missing = try Command.run(
      "certify", Self.program, "--arch", "lstm", "--coq", coq, "--checker", folder.path("none"))
    #expect(missing.status == 65 && missing.errors.contains("make proofs"), "\(missing.errors)")
  }
}
