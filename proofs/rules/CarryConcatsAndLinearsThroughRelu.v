(** * Carry Concats and Linears through a ReLU

       x -> ReLU, Linear(A, b) -> ReLU, other Linears, and Concats that read x
       x -> Linear([I; -I; A], [0; 0; b]) -> ReLU = [u; v; w] -> slices u, w, and u - v, which the
            Concats and the other Linears now read

    Source: arXiv 2406.01424, appendix A, case 10. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Definition stack m n (A : 'M[R]_(m, n)) : 'M[R]_((n + n) + m, n) := col_mx (col_mx 1%:M (- 1%:M)) A.
Definition stack_bias m n (b : vec m) : vec ((n + n) + m) := col_mx (col_mx 0 0) b.
Lemma carry_concats_and_linears_through_relu m n (A : 'M[R]_(m, n)) b x :
  relu (lin (stack A) (stack_bias n b) x)
  = col_mx (col_mx (relu x) (relu (- x))) (relu (lin A b x)).
Proof. by rewrite /stack /stack_bias !lin_col lin1 linN1 !relu_col. Qed.
(** What the Concats and the other Linears read is x. *)
Lemma carry_concats_and_linears_through_relu_restored m n (A : 'M[R]_(m, n)) b x :
  lin (difference R n) 0 (lin (upper R (n + n) m) 0 (relu (lin (stack A) (stack_bias n b) x))) = x.
Proof. by rewrite carry_concats_and_linears_through_relu upperE differenceE relu_split. Qed.
End Rule.
