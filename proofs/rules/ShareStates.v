(** * Share states

       LinState(A, B, b, s)
       LinState(A', B', b', s') -> Linear(C, c)

    where a coordinate is updated by the same rows as an earlier one, from the same initial value; or
    nothing remembers it, and it is a multiple of the row of another such, or a constant.
    Source: ours: equal values, updated equally, stay equal. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

(** Equal rows: coordinates i and j agree at every step if they do at the start. *)
Lemma share_states m n (A : 'M[R]_m) (B : 'M_(m, n)) (b s : vec m) xs (i j : 'I_m) :
  row i A = row j A -> row i B = row j B -> b i 0 = b j 0 ->
  forall y, y \in linstate A B b s xs -> y i 0 = y j 0.
Proof.
move=> hA hB hb; elim: xs s => [|x xs IH] s //= y.
rewrite inE => /orP [/eqP -> | /IH //]; rewrite !mxE hb; congr (_ + _ + _).
  by apply: eq_bigr => k _; move/rowP: hA => /(_ k); rewrite !mxE => ->.
by apply: eq_bigr => k _; move/rowP: hB => /(_ k); rewrite !mxE => ->.
Qed.
(** What remembered j may remember i instead: column j of A is moved to column i. *)
Lemma share_states_column m (A : 'M[R]_m) (s : vec m) (i j : 'I_m) : i != j -> s i 0 = s j 0 ->
  (\matrix_(k, l) (if l == i then A k i + A k j else if l == j then 0 else A k l)) *m s = A *m s.
Proof.
move=> ne e; apply/matrixP => k z; rewrite ord1 {z} !mxE.
rewrite (bigD1 i) // (bigD1 j) 1?eq_sym //= [in RHS](bigD1 i) // [in RHS](bigD1 j) 1?eq_sym //=.
rewrite !mxE eqxx [j == i]eq_sym (negbTE ne) eqxx mul0r add0r mulrDl -addrA e.
congr (_ + (_ + _)); apply: eq_bigr => l /andP [li lj].
by rewrite mxE (negbTE li) (negbTE lj).
Qed.
(** A coordinate without a row of A is B x + b, whatever its initial value is. *)
Lemma share_states_forgetful m n (B : 'M[R]_(m, n)) b s xs :
  linstate 0 B b s xs = map (lin B b) xs.
Proof. by elim: xs s => [|x xs IH] s //=; rewrite mul0mx add0r IH. Qed.
(** So a multiple of a row gives the multiple. *)
Lemma share_states_multiple m n (c : R) (B : 'M[R]_(m, n)) b x :
  lin (c *: B) (c *: b) x = c *: lin B b x.
Proof. by rewrite /lin scalerDr scalemxAl. Qed.
End Rule.
