(** * A running bound on rounding errors, for every LSRL graph and any number of steps


    Three runs of one program:
    - exact over R:  [sem R_oring] of Language.v;
    - in floats:     [hsem], every + and * replaced by [fadd], [fmul], every weight q by the rational
                     [wt q] (its float value). A row is evaluated as one dot product: the accumulator
                     starts at the bias, then multiply and add, in the order of the row; in a LinState
                     first the A part, then the B part. ReLU and Prev and Concat round nothing;
    - the bound:     [bsem], over Q, computable: per value a pair (m, e).
    Assumed of the floats, for all reals x, y: |fl(x op y) - (x op y)| <= u |x op y| + eta. This
    follows from the standard model fl(x op y) = (x op y)(1 + d) + e', |d| <= u, |e'| <= eta; Flocq's
    round-to-nearest has it without overflow (FloatBound.v).

    Theorem [running_bound]: at every step, in every output coordinate, |exact| <= m and
    |float - exact| <= e. The inputs may carry errors themselves. Optional [ranges] of the exact node
    values (from any sound range analysis) make m, and so e, smaller: they are a hypothesis on the
    exact run only. [up] allows the bound to be rounded upwards on the way.
    Not covered: other orders of summation, fused multiply-add, overflow (|float| <= m + e is proved,
    [ok_float]; comparing it with the largest float is left to the caller). *)
From Coq Require Import List Bool QArith Qabs Qminmax Qreals Reals Lra Lia. Import ListNotations.
From LSRL Require Import Language Rings Simulation.
Local Open Scope R_scope.

Section Bound.
Variables (fadd fmul : R -> R -> R) (wt up : Q -> Q) (u eta : Q).
Hypothesis up_ge : forall q, (q <= up q)%Q.
Hypothesis u_nn : (0 <= u)%Q.
Hypothesis eta_nn : (0 <= eta)%Q.
Hypothesis fadd_err : forall x y, Rabs (fadd x y - (x + y)) <= Q2R u * Rabs (x + y) + Q2R eta.
Hypothesis fmul_err : forall x y, Rabs (fmul x y - x * y) <= Q2R u * Rabs (x * y) + Q2R eta.

(** ** The bound of a value: (m, e) with |x| <= m and |h - x| <= e, h the float, x the exact value *)
Definition bnd := (Q * Q)%type.
Definition ok (b : bnd) (h x : R) := Rabs x <= Q2R (fst b) /\ Rabs (h - x) <= Q2R (snd b).
Definition mk (m e : Q) : bnd := (up m, up e).
Definition bconst (q : Q) := mk (Qabs q) (Qabs (wt q - q)).
Definition badd (a b : bnd) := let (m, e) := a in let (n, f) := b in
  mk (m + n) (e + f + (u * (m + n + (e + f)) + eta)).
Definition unit (q : Q) := Qeq_bool (wt q) 1 || Qeq_bool (wt q) (-1).
Definition bscale (q : Q) (b : bnd) := let (m, e) := b in let w := Qabs (wt q) in
  mk (Qabs q * m) (w * e + Qabs (wt q - q) * m + (if unit q then 0 else u * (w * (m + e)) + eta)).
Definition bmul (a b : bnd) := let (m, e) := a in let (n, f) := b in
  mk (m * n) (m * f + n * e + e * f + (u * ((m + e) * (n + f)) + eta)).

(** known ranges of the exact values: ranges.k.j = Some r says |coordinate j of node k| <= r *)
Variable ranges : list (list (option Q)).
Fixpoint tight (r : list (option Q)) (bs : list bnd) : list bnd :=
  match bs, r with
  | b::bs', Some q::r' => (if Qle_bool q (fst b) then (q, snd b) else b) :: tight r' bs'
  | b::bs', None::r' => b :: tight r' bs'
  | _, _ => bs
  end.
Fixpoint in_range (r : list (option Q)) (xs : list R) : Prop :=
  match xs, r with
  | x::xs', Some q::r' => Rabs x <= Q2R q /\ in_range r' xs'
  | x::xs', None::r' => in_range r' xs'
  | _, _ => True
  end.
Definition in_ranges := all_fit (fun k => in_range (nth k ranges [])).
Definition bsem : prog -> list (list bnd) -> list (list bnd) :=
  dsem wt bnd (0%Q, 0%Q) badd bmul bscale bconst (fun b => b) (fun k => tight (nth k ranges [])).

(** ** Soundness, operation by operation *)
Lemma up_R q x : x <= Q2R q -> x <= Q2R (up q).
Proof. intro H. eapply Rle_trans; [exact H|]. apply Qle_Rle, up_ge. Qed.
Lemma Q2R_abs q : Q2R (Qabs q) = Rabs (Q2R q).
Proof.
  apply Qabs_case; intro H; apply Qle_Rle in H; rewrite RMicromega.Q2R_0 in H.
  - rewrite Rabs_pos_eq; auto.
  - rewrite Q2R_opp, Rabs_left1; auto.
Qed.
Lemma uR : 0 <= Q2R u. Proof. rewrite <- RMicromega.Q2R_0. apply Qle_Rle, u_nn. Qed.
Lemma etaR : 0 <= Q2R eta. Proof. rewrite <- RMicromega.Q2R_0. apply Qle_Rle, eta_nn. Qed.
(** the float value is at most m + e *)
Lemma ok_float b h x : ok b h x -> Rabs h <= Q2R (fst b) + Q2R (snd b).
Proof.
  intros [M E]. replace h with (x + (h - x)) by ring. eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.
(** a rounded operation: error of the operands, plus u times the magnitude, plus eta *)
Lemma rounded (op : R) (r exact e m : R) : Rabs (r - op) <= Q2R u * Rabs op + Q2R eta ->
  Rabs (op - exact) <= e -> Rabs op <= m -> Rabs (r - exact) <= e + (Q2R u * m + Q2R eta).
Proof.
  intros H E M. replace (r - exact) with ((op - exact) + (r - op)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat; [exact E|].
  eapply Rle_trans; [exact H|]. apply Rplus_le_compat_r, Rmult_le_compat_l; [apply uR|exact M].
Qed.
Ltac q2r := cbn [fst snd]; repeat rewrite ?Q2R_plus, ?Q2R_mult, ?Q2R_minus, ?Q2R_abs.
Lemma ok_zero : ok (0%Q, 0%Q) 0 0.
Proof. split; cbn; rewrite ?Rminus_0_r, Rabs_R0, RMicromega.Q2R_0; lra. Qed.
Lemma ok_const q : ok (bconst q) (hconst wt q) (Q2R q).
Proof. split; apply up_R; unfold hconst; q2r; lra. Qed.
Lemma ok_add a b h k x y : ok a h x -> ok b k y -> ok (badd a b) (fadd h k) (x + y).
Proof.
  intros A B. pose proof (ok_float _ _ _ A) as FA. pose proof (ok_float _ _ _ B) as FB.
  destruct a as [m e], b as [n f], A as [A1 A2], B as [B1 B2]; cbn [fst snd] in *.
  split; apply up_R; q2r.
  - eapply Rle_trans; [apply Rabs_triang|]. lra.
  - apply (rounded (h + k)); [apply fadd_err| |].
    + replace (h + k - (x + y)) with ((h - x) + (k - y)) by ring. eapply Rle_trans; [apply Rabs_triang|]. lra.
    + eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.
Lemma mul_le a b c d : Rabs a <= c -> Rabs b <= d -> Rabs (a * b) <= c * d.
Proof. intros. rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos. Qed.
Lemma ok_mul a b h k x y : ok a h x -> ok b k y -> ok (bmul a b) (fmul h k) (x * y).
Proof.
  intros A B. pose proof (ok_float _ _ _ A) as FA. pose proof (ok_float _ _ _ B) as FB.
  destruct a as [m e], b as [n f], A as [A1 A2], B as [B1 B2]; cbn [fst snd] in *.
  split; apply up_R; q2r.
  - apply mul_le; assumption.
  - apply (rounded (h * k)); [apply fmul_err| |].
    + replace (h * k - x * y) with (x * (k - y) + y * (h - x) + (h - x) * (k - y)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat; [|apply mul_le; assumption].
      eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat; apply mul_le; assumption.
    + apply mul_le; assumption.
Qed.
Lemma ok_scale q b h x : ok b h x -> ok (bscale q b) (hscale fmul wt q h) (Q2R q * x).
Proof.
  intro B. pose proof (ok_float _ _ _ B) as FB.
  destruct b as [m e], B as [B1 B2]; unfold hscale; cbn [fst snd] in *.
  split; apply up_R; q2r.
  - apply mul_le; [lra|assumption].
  - assert (E : Rabs (Q2R (wt q) * h - Q2R q * x) <= Rabs (Q2R (wt q)) * Q2R e + Rabs (Q2R (wt q) - Q2R q) * Q2R m).
    { replace (Q2R (wt q) * h - Q2R q * x) with (Q2R (wt q) * (h - x) + (Q2R (wt q) - Q2R q) * x) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat; apply mul_le; lra. }
    unfold unit. destruct (Qeq_bool (wt q) 1) eqn:E1; [|destruct (Qeq_bool (wt q) (-1)) eqn:E2]; cbn [orb].
    + apply Qeq_bool_eq, Qeq_eqR in E1. rewrite RMicromega.Q2R_1 in E1. q2r. rewrite RMicromega.Q2R_0. rewrite E1 in *. rewrite Rmult_1_l in E. lra.
    + apply Qeq_bool_eq, Qeq_eqR in E2. assert (M1 : Q2R (-1) = -1) by (unfold Q2R; cbn [Qnum Qden]; lra).
      q2r. rewrite RMicromega.Q2R_0. rewrite E2, M1 in *. replace (- h) with (-1 * h) by ring. lra.
    + q2r. apply (rounded (Q2R (wt q) * h)); [apply fmul_err|exact E|]. apply mul_le; lra.
Qed.
(** ReLU is 1-Lipschitz and does not enlarge *)
Lemma ok_relu b h x : ok b h x -> ok b (hrelu h) (Rmax x 0).
Proof.
  intros [M E]. split; (eapply Rle_trans; [|eassumption]); unfold hrelu, Rmax, Rabs.
  - destruct (Rle_dec x 0); repeat destruct Rcase_abs; lra.
  - destruct (Rle_dec h 0), (Rle_dec x 0); repeat destruct Rcase_abs; lra.
Qed.
Notation okv := (Forall3 _ _ _ ok).
Notation okvs := (Forall3 _ _ _ okv).
Lemma ok_tight r bs hs xs : okv bs hs xs -> in_range r xs -> okv (tight r bs) hs xs.
Proof.
  intro H. revert r. induction H as [|b h x bs hs xs O H IH]; intros r; [intros _; destruct r; constructor|].
  destruct r as [|[q|] r]; cbn; [constructor; auto| |constructor; auto].
  intros [B I]. constructor; auto. destruct Qle_bool; [|exact O]. destruct O as [M E]. split; cbn; assumption.
Qed.

(** ** The theorem *)
Theorem running_bound p bs hs xs : okvs bs hs xs -> in_ranges p (init R_oring p) xs ->
  okvs (bsem p bs) (hsem fadd fmul wt p hs) (sem R_oring p xs).
Proof.
  apply simulation; auto using ok_zero, ok_const, ok_add, ok_mul, ok_scale, ok_relu.
  intros k cs ks ys. apply ok_tight.
Qed.
End Bound.

(** with no range information nothing is assumed *)
Lemma no_ranges p : forall xs prev, in_ranges [] p prev xs.
Proof.
  induction xs as [|x xs IH]; intro prev; cbn; auto. split; [|apply IH].
  intro k. destruct k; cbn; now destruct nth.
Qed.
