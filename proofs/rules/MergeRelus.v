(** * Merge ReLUs

       x -> ReLU, ..., ReLU
       x -> ReLU, which all their readers now read

    The same operation on the same input gives the same output; there is no more to it.
    Source: arXiv 2406.01424, appendix A, case 3. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma merge_relus n (xs ys : seq (vec n)) : xs = ys -> map (@relu R n) xs = map (@relu R n) ys.
Proof. by move->. Qed.
End Rule.
