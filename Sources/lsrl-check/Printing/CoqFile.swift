import Certificates
import Foundation

/// Files for Coq's kernel, of certificates that are not too long for it.
struct CoqFile {
  /// Where the verified checker is, which finds what the kernel is to be shown.
  let checker: String?

  func text(of chain: CertificateChain, about subject: String) throws -> String {
    let count = chain.wordCount
    guard count <= Certificate.longestForCoq else {
      throw Failure.badInput(
        "--coq: the certificate has \(count.grouped) words; Coq's kernel is asked "
          + "about those of at most \(Certificate.longestForCoq.grouped)")
    }
    return chain.coqText(witnesses: try chain.certificates.map(witnesses), about: subject)
  }

  private func witnesses(of certificate: Certificate) throws -> String {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "lsrl-check-\(UUID().uuidString).cert").path
    try OutputFile.write(certificate.text, to: file)
    defer { try? FileManager.default.removeItem(atPath: file) }
    let run = try VerifiedChecker(at: checker).run(["--witnesses"], onFile: file)
    guard run.status == 0 else {
      throw Failure.badInput(
        "--coq: the verified checker does not accept it: \(run.errors.trimmed)")
    }
    return run.output
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
