(** * Fold a linear into a linear state

       x -> Linear(A1, b1) -> LinState(A, B, b, s)
       x -> LinState(A, B A1, B b1 + b, s)

    Source: arXiv 2406.01424, appendix A. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma fold_linear_into_lin_state k m n (A : 'M[R]_k) (B : 'M_(k, m)) b s (A1 : 'M_(m, n)) b1 xs :
  linstate A B b s (map (lin A1 b1) xs) = linstate A (B *m A1) (B *m b1 + b) s xs.
Proof. by elim: xs s => [|x xs IH] s //=; rewrite /lin mulmxDr mulmxA !addrA IH. Qed.
End Rule.
