import Certificates
import Foundation

/// Files for Coq's kernel, of certificates that are not too long for it.
struct CoqFile {
  /// Where the verified checker is, which finds what the kernel is to be shown.
  let checker: String?

  func text(of chain: CertificateChain, about subject: String) throws -> String {
    guard let certificate = chain.single else {
      throw Failure.badInput(
        "--coq: expected one certificate, found a chain of \(chain.certificates.count), through "
          + "another program; write it with -o, and let `verified-checker --coq` state it")
    }
    guard certificate.wordCount <= Certificate.longestForCoq else {
      throw Failure.badInput(
        "--coq: the certificate has \(certificate.wordCount.grouped) words; Coq's kernel is asked "
          + "about those of at most \(Certificate.longestForCoq.grouped)")
    }
    let file = FileManager.default.temporaryDirectory
      .appending(path: "lsrl-check-\(UUID().uuidString).cert").path
    try OutputFile.write(certificate.text, to: file)
    defer { try? FileManager.default.removeItem(atPath: file) }
    let run = try VerifiedChecker(at: checker).run(["--witnesses"], onFile: file)
    guard run.status == 0 else {
      throw Failure.badInput(
        "--coq: the verified checker does not accept it: \(run.errors.trimmed)")
    }
    return certificate.coqText(witnesses: run.output, about: subject)
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
