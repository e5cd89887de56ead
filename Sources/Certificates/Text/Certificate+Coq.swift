import ExactArithmetic

extension Certificate {
  /// Certificates of more words than this take Coq longer than one wants to wait.
  public static let longestForCoq = 40_000

  /// How many words the text form has.
  public var wordCount: Int { text.split(whereSeparator: \.isWhitespace).count }

  /// A Coq file in which the kernel checks this certificate, and which concludes with the theorem
  /// that the outputs are equal: for every ordered ring, and for every sequence, of every length.
  ///
  /// It requires the development in `proofs`. What the file claims is written here, from the very
  /// programs that this certificate is about; how to see that it is true comes from elsewhere, and
  /// nothing of it need be trusted: `witnesses` is what the verified checker prints when it is
  /// asked for them (`verified-checker --witnesses`), definitions of `entries` and of `ways`.
  /// `subject` is put into a comment.
  public func coqText(witnesses: String, about subject: String) -> String {
    let text = CoqText()
    return """
      \(text.preamble(of: "Two programs", inputBounds, about: subject))
      Definition source : prog := \(text.program(source)).
      Definition target : prog := \(text.program(target)).

      (** ** What it takes to see that in one step *)
      (* Found by a search, which nobody need trust. *)
      \(coqDefinition(witnesses))

      Lemma accepted :
        check (search entries) (search_moves ways) inputs \(inputBounds.count)
          source target certificate = true.
      Proof. vm_cast_no_check (eq_refl true). Qed.

      (** ** The outputs are equal *)
      Theorem equal_outputs (F : oring) (xs : list (list F)) :
        Forall (good_input F inputs \(inputBounds.count)) xs ->
        exists ys, strict F source xs = Some ys /\\ strict F target xs = Some ys.
      Proof.
        intro H. exists (sem F source xs). exact (check_sound F _ _ _ _ _ _ _ accepted xs H).
      Qed.
      Print Assumptions equal_outputs.

      """
  }

  /// Of `entries` and `ways`, the witnesses, and of this certificate, whose table is `entries`.
  fileprivate func coqDefinition(_ witnesses: String) -> String {
    let text = CoqText()
    return """
      \(Certificate.witnessesStart)
      \(witnesses)\(Certificate.witnessesEnd)
      Definition certificate : cert := {|
        inp := \(text.list(reads.map(text.coordinate)));
        tgt_inp := \(text.list(targetReads.map(text.coordinate)));
        cpl := \(text.program(coupling));
        links := \(text.rows(links.map { $0.map(text.link) }));
        src_links := \(text.rows(sourceLinks.map { $0.map(text.link) }));
        src_bounds := \(text.rows(sourceBounds.map { $0.map(text.interval) }));
        tgt_bounds := \(text.rows(targetBounds.map { $0.map(text.interval) }));
        table := entries
      |}.
      """
  }

  private static let witnessesStart = "(* witnesses *)"
  private static let witnessesEnd = "(* end of witnesses *)"

  /// The witnesses in what `coqText` gave: of each certificate.
  public static func witnesses(inCoq text: String) -> [Substring] {
    text.split(separator: witnessesStart + "\n").dropFirst()
      .compactMap { $0.split(separator: witnessesEnd, maxSplits: 1).first }
  }
}

extension String {
  /// Nothing that ends a comment, or starts another one, or a text.
  fileprivate var coqComment: String {
    String(map { "(*)\"\n".contains($0) ? " " : $0 })
  }
}

extension CertificateChain {
  /// How many words the text form has.
  public var wordCount: Int { text.split(whereSeparator: \.isWhitespace).count }

  /// As `Certificate.coqText`, for all certificates of the chain: concludes that the first source
  /// and the last target have the same outputs. `witnesses`: of each certificate, alone.
  public func coqText(witnesses: [String], about subject: String) -> String {
    if let certificate = single, let found = witnesses.first {
      return certificate.coqText(witnesses: found, about: subject)
    }
    let text = CoqText()
    let programs = [source] + certificates.map(\.target)
    let definitions = programs.enumerated().map {
      "Definition program_\($0) : prog := \(text.program($1))."
    }
    let steps = zip(certificates, witnesses).enumerated().map { number, step in
      """
      Module Step_\(number).
      \(step.0.coqDefinition(step.1))
      Lemma accepted :
        check (search entries) (search_moves ways) inputs \(inputBounds.count)
          program_\(number) program_\(number + 1) certificate = true.
      Proof. vm_cast_no_check (eq_refl true). Qed.
      End Step_\(number).
      """
    }
    let uses = certificates.indices.map {
      "destruct (check_sound F _ _ _ _ _ _ _ Step_\($0).accepted xs H) as [S\($0) T\($0)]."
    }
    return """
      \(text.preamble(of: "Two programs, the first and the last,", inputBounds, about: subject))
      \(definitions.joined(separator: "\n"))

      (** ** What it takes to see that, from each to the next *)
      (* Found by a search, which nobody need trust. *)
      \(steps.joined(separator: "\n"))

      (** ** The outputs are equal *)
      Theorem equal_outputs (F : oring) (xs : list (list F)) :
        Forall (good_input F inputs \(inputBounds.count)) xs ->
        exists ys, strict F program_0 xs = Some ys
          /\\ strict F program_\(certificates.count) xs = Some ys.
      Proof.
        intro H. exists (sem F program_0 xs).
        \(uses.joined(separator: "\n  "))
        split; congruence.
      Qed.
      Print Assumptions equal_outputs.

      """
  }
}

/// Terms of the types of `proofs/checker`.
private struct CoqText {
  func list(_ items: [String]) -> String { "[\(items.joined(separator: "; "))]" }

  /// What comes before the programs; `programs`: those that the theorem at the end speaks of.
  func preamble(of programs: String, _ inputs: [Interval], about subject: String) -> String {
    """
    (* \(programs) have the same outputs: on every sequence of inputs
       within [inputs], of every length, over every ordered ring, the rationals and the reals among
       them.

       \(subject.coqComment)

       Coq's kernel checks all of it. In a checkout of lsrl-check, after `make proofs`:

         coqc -R proofs/_build LSRL FILE.v

       What is shown is the theorem at the end. What it speaks of: proofs/checker/Language.v,
       WellFormed.v ([strict], the meaning that knows no defaults), CheckSound.v ([good_input]). *)
    From Coq Require Import List QArith.
    Import ListNotations.
    From LSRL Require Import Language WellFormed Forms Checker CheckSound Search.
    Local Open Scope Q_scope.

    Definition inputs : list bounds := \(list(inputs.map(interval))).
    """
  }

  /// A line for each.
  func lines(_ items: [String]) -> String {
    items.isEmpty ? "[]" : "[\n    " + items.joined(separator: ";\n    ") + "]"
  }

  func rows(_ rows: [[String]]) -> String { lines(rows.map(list)) }

  func natural(_ number: Int) -> String { "\(number)%nat" }

  /// An unreduced pair would be the same number, but other text than the search's.
  func rational(_ number: Rational) -> String {
    "(\(number.numerator) # \(number.denominator))"
  }

  func option(_ item: String?) -> String { item.map { "Some \($0)" } ?? "None" }

  func interval(_ interval: Interval) -> String {
    "(\(option(interval.lower.map(rational))), \(option(interval.upper.map(rational))))"
  }

  func coordinate(_ coordinate: Certificate.Coordinate) -> String {
    "(\(natural(coordinate.node)), \(natural(coordinate.place)))"
  }

  func link(_ link: Int?) -> String { option(link.map(natural)) }

  func program(_ program: CellProgram) -> String {
    """
    {|
      nodes := \(lines(program.nodes.map(node)));
      inits := \(lines(program.initial.map { list($0.map(rational)) }));
      out := \(natural(program.output)) |}
    """
  }

  private func row(_ entries: ArraySlice<Matrix.Entry>) -> String {
    list(entries.map { "(\(natural($0.column)), \(rational($0.value)))" })
  }

  private func node(_ node: CellProgram.Node) -> String {
    switch node {
    case .input: return "OInput"
    case .linear(let map, let source):
      let rows = (0..<map.outputDimension).map {
        "(\(row(map.matrix.row($0))), \(rational(map.offset[$0])))"
      }
      return "OLin \(list(rows)) \(natural(source))"
    case .relu(let source): return "ORelu \(natural(source))"
    case .state(let recurrence, let input, let source):
      let rows = (0..<input.outputDimension).map {
        let maps = "(\(row(recurrence.row($0))), \(row(input.matrix.row($0))))"
        return "(\(maps), \(rational(input.offset[$0])))"
      }
      return "OState \(list(rows)) \(natural(source))"
    case .previous(let source): return "OPrev \(natural(source))"
    case .concat(let sources): return "OConcat \(list(sources.map(natural)))"
    case .multiply(let source): return "OMulti \(natural(source))"
    }
  }
}
