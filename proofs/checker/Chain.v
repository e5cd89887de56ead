(** * Certificates one behind the other

    Where one step does not show that two programs agree, it may show that both agree with a third. The
    programs in between are named once, so that nothing need be compared. *)
From Coq Require Import List QArith PArith Bool.
Import ListNotations.
From LSRL Require Import Language WellFormed Forms Checker CheckSound.

(** A program, what says that it has the outputs of the one before, and what the searches found. *)
Record link := {
  link_target : prog; link_cert : cert;
  link_atoms : def -> option positive; link_ways : form -> list (list move)
}.

Fixpoint check_chain (ins : list bounds) (n : nat) (src : prog) (links : list link) : bool :=
  match links with
  | [] => wf n src
  | l :: r =>
    check (link_atoms l) (link_ways l) ins n src (link_target l) (link_cert l) &&
    check_chain ins n (link_target l) r
  end.
(** The last program; [src] if there are no links. *)
Fixpoint chain_end (src : prog) (links : list link) : prog :=
  match links with [] => src | l :: r => chain_end (link_target l) r end.

(** The first program and the last have a meaning without defaults, and it is the same. *)
Theorem chain_sound (F : oring) ins n links : forall src, check_chain ins n src links = true ->
  forall xs, Forall (good_input F ins n) xs ->
  strict F src xs = Some (sem F src xs) /\ strict F (chain_end src links) xs = Some (sem F src xs).
Proof.
  induction links as [|l r IH]; intros src H xs G; cbn [check_chain chain_end] in *.
  - assert (L : Forall (fun x => length x = n) xs)
      by (eapply Forall_impl; [|exact G]; now intros ? []).
    split; apply wf_strict with n; auto.
  - apply andb_true_iff in H. destruct H as [H R].
    destruct (check_sound F _ _ _ _ _ _ _ H xs G) as [S T].
    destruct (IH _ R xs G) as [S' E]. split; [exact S|]. congruence.
Qed.
