(** * Eq. 11: a linear state as a ReLU state

       s <- A s + B x + b
       h <- ReLU([A, -A; -A, A] h + [B; -B] x + [b; -b]), h = [ReLU(s); ReLU(-s)], s = [I, -I] h

    For all A, B, b, s and all sequences. Source: arXiv 2406.01424, Eq. 11. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Fixpoint rnn m n (A : 'M[R]_m) (B : 'M[R]_(m, n)) (b s : vec m) (xs : seq (vec n)) : seq (vec m) :=
  if xs is x :: r then let s' := relu (A *m s + B *m x + b) in s' :: rnn A B b s' r else [::].
Theorem eq11 m n (A : 'M[R]_m) (B : 'M_(m, n)) b s xs :
  map (lin (difference R m) 0)
    (rnn (block_mx A (- A) (- A) A) (col_mx B (- B)) (col_mx b (- b))
      (col_mx (relu s) (relu (- s))) xs)
  = linstate A B b s xs.
Proof.
elim: xs s => [|x xs IH] s //=; set s' := A *m s + B *m x + b.
have -> : block_mx A (- A) (- A) A *m col_mx (relu s) (relu (- s)) + col_mx B (- B) *m x
          + col_mx b (- b) = col_mx s' (- s').
  have hs : A *m s = A *m relu s - A *m relu (- s) by rewrite -mulmxBr relu_split.
  by rewrite mul_block_col mul_col_mx !add_col_mx /s' hs !mulNmx !opprD opprK.
by rewrite relu_col IH differenceE relu_split.
Qed.
End Rule.
