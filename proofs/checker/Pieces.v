(** * The least value of a sum of ReLUs of one variable

    s t + w1 ReLU(a1 t + b1) + w2 ReLU(a2 t + b2) + ... is linear between its kinks, so that its least
    value is at one of them or at an end of what t can be ([least]). Proved, for t in every ordered
    ring, though its ends and kinks are rational ([least_ok]). *)
From Coq Require Import List QArith Bool Lqa Ring.
Import ListNotations.
From LSRL Require Import Language.
Arguments Qred : simpl never. Arguments Qplus : simpl never. Arguments Qmult : simpl never.
Arguments Qeq_bool : simpl never. Arguments Qle_bool : simpl never. Arguments Qopp : simpl never.
Arguments Qcompare : simpl never.

Definition larger (p q : Q) : Q := if Qle_bool p q then q else p.
Definition smaller (p q : Q) : Q := if Qle_bool p q then p else q.

(** (w, (a, b)): w ReLU(a t + b) *)
Definition piece := (Q * (Q * Q))%type.
Definition inside (e : piece) (p : Q) : Q := fst (snd e) * p + snd (snd e).
Fixpoint value (s : Q) (l : list piece) (p : Q) : Q :=
  match l with [] => s * p | e :: r => fst e * larger 0 (inside e p) + value s r p end.

(** No kink between p and q. *)
Definition same_side (x y : Q) : bool :=
  (Qle_bool 0 x && Qle_bool 0 y) || (Qle_bool x 0 && Qle_bool y 0).
Definition steady (l : list piece) (p q : Q) : bool :=
  forallb (fun e => same_side (inside e p) (inside e q)) l.
(** No kink beyond p, in direction d, 1 or -1, and no descent there. *)
Fixpoint slope (d s : Q) (l : list piece) : Q :=
  match l with [] => s * d | e :: r => fst e * larger 0 (fst (snd e) * d) + slope d s r end.
Definition ends (d s : Q) (l : list piece) (p : Q) : bool :=
  forallb (fun e => same_side (inside e p) (fst (snd e) * d)) l && Qle_bool 0 (slope d s l).

(** Kinks and ends, ascending. *)
Fixpoint insert_point (p : Q) (l : list Q) : list Q :=
  match l with
  | [] => [p]
  | q :: r => match Qcompare p q with Lt => p :: l | Eq => l | Gt => q :: insert_point p r end
  end.
Definition is_between (lo hi : option Q) (p : Q) : bool :=
  match lo with Some l => Qle_bool l p | None => true end
  && match hi with Some h => Qle_bool p h | None => true end.
Definition points (lo hi : option Q) (l : list piece) : list Q :=
  let kinks := map (fun e => Qred (- snd (snd e) * Qinv (fst (snd e)))) l in
  let given := fun o => match o with Some q => [q] | None => [] end in
  fold_right insert_point [] (given lo ++ given hi ++ filter (is_between lo hi) kinks).

Fixpoint chain (hi : option Q) (s : Q) (l : list piece) (p : Q) (r : list Q) : bool :=
  match r with
  | [] => match hi with Some h => Qle_bool h p | None => ends 1 s l p end
  | q :: r' => negb (Qle_bool q p) && steady l p q && chain hi s l q r'
  end.
Definition least (s : Q) (l : list piece) (lo hi : option Q) : option Q :=
  match points lo hi l with
  | [] => None
  | p :: r =>
    if match lo with Some k => Qle_bool p k | None => ends (-1) s l p end && chain hi s l p r
    then Some (Qred (fold_left (fun m q => smaller m (value s l q)) r (value s l p)))
    else None
  end.

(** ** Proof *)
Lemma larger_l p q : (p <= larger p q)%Q.
Proof. unfold larger. destruct (Qle_bool p q) eqn:E; [now apply Qle_bool_iff|apply Qle_refl]. Qed.
Lemma Qle_bool_false p q : Qle_bool p q = false -> (q < p)%Q.
Proof. intro H. destruct (Qlt_le_dec q p) as [L|L]; [exact L|]. apply Qle_bool_iff in L. congruence. Qed.
Lemma larger_r p q : (q <= larger p q)%Q.
Proof.
  unfold larger. destruct (Qle_bool p q) eqn:E; [apply Qle_refl|]. now apply Qlt_le_weak, Qle_bool_false.
Qed.
Lemma smaller_l p q : (smaller p q <= p)%Q.
Proof.
  unfold smaller. destruct (Qle_bool p q) eqn:E; [apply Qle_refl|]. now apply Qlt_le_weak, Qle_bool_false.
Qed.
Lemma smaller_r p q : (smaller p q <= q)%Q.
Proof. unfold smaller. destruct (Qle_bool p q) eqn:E; [now apply Qle_bool_iff|apply Qle_refl]. Qed.

Section Ring.
Variable F : oring.
Notation "0" := (k0 F). Notation "1" := (k1 F).
Infix "+" := (kadd F). Infix "*" := (kmul F). Infix "-" := (ksub F).
Add Ring KRP : (k_ring F).

Lemma inj_red q : inj F (Qred q) = inj F q.
Proof. apply inj_eq, Qred_correct. Qed.
Lemma inj_opp q : inj F (- q) = kopp F (inj F q).
Proof.
  assert (H : inj F q + inj F (-q) = 0).
  { rewrite <- inj_add, <- inj_0. apply inj_eq. ring. }
  replace (inj F (-q)) with ((inj F q + inj F (-q)) - inj F q) by ring.
  rewrite H. ring.
Qed.
Lemma inj_sub p q : inj F (p - q) = inj F p - inj F q.
Proof. unfold Qminus. rewrite inj_add, inj_opp. ring. Qed.
Lemma nn_sub p q : (p <= q)%Q -> knn F (inj F q - inj F p).
Proof. intro H. rewrite <- inj_sub. apply nn_inj. lra. Qed.
Lemma nn_eq a b : knn F a -> b = a -> knn F b.
Proof. intros H ->. exact H. Qed.

Lemma relu_neg x : knn F (kopp F x) -> krelu F x = 0.
Proof.
  intro H. replace x with (kopp F (kopp F x)) by ring. rewrite relu_opp, (relu_id F _ H). ring.
Qed.
Lemma relu_inj q : krelu F (inj F q) = inj F (larger 0 q).
Proof.
  unfold larger. destruct (Qle_bool 0 q) eqn:E.
  - apply relu_id, nn_inj, Qle_bool_iff, E.
  - rewrite inj_0. apply relu_neg. rewrite <- inj_opp. apply nn_inj. apply Qle_bool_false in E. lra.
Qed.
Lemma antisymmetric x : knn F x -> knn F (kopp F x) -> x = 0.
Proof. intros P N. rewrite <- (relu_id F x P). apply relu_neg, N. Qed.

(** The value at t. *)
Definition arg (e : piece) (t : F) : F := inj F (fst (snd e)) * t + inj F (snd (snd e)).
Fixpoint at_ (s : Q) (l : list piece) (t : F) : F :=
  match l with [] => inj F s * t | e :: r => inj F (fst e) * krelu F (arg e t) + at_ s r t end.
Lemma arg_inj e p : arg e (inj F p) = inj F (inside e p).
Proof. unfold arg, inside. rewrite inj_add, inj_mul. reflexivity. Qed.
Lemma at_inj s l p : at_ s l (inj F p) = inj F (value s l p).
Proof.
  induction l as [|e l IH]; cbn [at_ value]; [now rewrite inj_mul|].
  rewrite inj_add, inj_mul, IH, arg_inj, relu_inj. reflexivity.
Qed.

Lemma same_side_cases x y : same_side x y = true ->
  ((0 <= x)%Q /\ (0 <= y)%Q) \/ ((x <= 0)%Q /\ (y <= 0)%Q).
Proof.
  unfold same_side. rewrite orb_true_iff, !andb_true_iff, !Qle_bool_iff. auto.
Qed.
Lemma nn_neg q : (q <= 0)%Q -> knn F (kopp F (inj F q)).
Proof. intro H. rewrite <- inj_opp. apply nn_inj. lra. Qed.
(** What a positive multiple of [x] is, [x] is. *)
Lemma nn_divide c x : (0 < c)%Q -> knn F (inj F c * x) -> knn F x.
Proof.
  intros C H. assert (N : knn F (inj F (/ c))) by (apply nn_inj, Qinv_le_0_compat, Qlt_le_weak, C).
  apply (nn_eq _ _ (nn_mul F _ _ N H)).
  transitivity (inj F (/ c * c) * x); [|rewrite inj_mul; ring].
  replace (inj F (/ c * c)) with 1; [ring|]. rewrite <- inj_1. apply inj_eq. field. lra.
Qed.

Section Segment.
Variables (p q : Q) (t : F).
Hypothesis Hpq : (p < q)%Q.
Hypothesis Hp : knn F (t - inj F p).
Hypothesis Hq : knn F (inj F q - t).
Lemma steady_piece e : same_side (inside e p) (inside e q) = true ->
  (inj F q - inj F p) * krelu F (arg e t) =
  (inj F q - t) * inj F (larger 0 (inside e p)) + (t - inj F p) * inj F (larger 0 (inside e q)).
Proof.
  intro H. apply same_side_cases in H. rewrite <- !relu_inj, <- !arg_inj.
  assert (M : (inj F q - inj F p) * arg e t = (inj F q - t) * arg e (inj F p) + (t - inj F p) * arg e (inj F q)).
  { unfold arg. ring. }
  assert (D : (0 < q - p)%Q) by lra.
  destruct H as [[P Q]|[P Q]].
  - apply (nn_inj F) in P, Q. rewrite <- arg_inj in P, Q.
    rewrite !relu_id; auto. apply (nn_divide _ _ D). rewrite inj_sub, M.
    apply nn_add; apply nn_mul; assumption.
  - apply nn_neg in P, Q. rewrite <- arg_inj in P, Q. rewrite !relu_neg; auto; [ring|].
    apply (nn_divide _ _ D). rewrite inj_sub.
    apply (nn_eq _ _ (nn_add F _ _ (nn_mul F _ _ Hq P) (nn_mul F _ _ Hp Q))).
    transitivity (kopp F ((inj F q - inj F p) * arg e t)); [ring|]. rewrite M. ring.
Qed.
Lemma steady_ok s l : steady l p q = true ->
  (inj F q - inj F p) * at_ s l t =
  (inj F q - t) * inj F (value s l p) + (t - inj F p) * inj F (value s l q).
Proof.
  unfold steady. induction l as [|e l IH]; cbn [at_ value forallb]; intro H.
  - rewrite !inj_mul. ring.
  - apply andb_true_iff in H as [H1 H2]. rewrite !inj_add, !inj_mul.
    transitivity (inj F (fst e) * ((inj F q - inj F p) * krelu F (arg e t)) + (inj F q - inj F p) * at_ s l t);
      [ring|]. rewrite (steady_piece e H1), (IH H2). ring.
Qed.
Lemma segment s l m : steady l p q = true -> (m <= value s l p)%Q -> (m <= value s l q)%Q ->
  knn F (at_ s l t - inj F m).
Proof.
  intros S M1 M2. apply nn_sub in M1, M2. apply (nn_divide (q - p)); [lra|]. rewrite inj_sub.
  apply (nn_eq _ _ (nn_add F _ _ (nn_mul F _ _ Hq M1) (nn_mul F _ _ Hp M2))).
  transitivity ((inj F q - inj F p) * at_ s l t - (inj F q - inj F p) * inj F m); [ring|].
  rewrite (steady_ok s l S). ring.
Qed.
End Segment.

Section Tail.
Variables (d p : Q) (u : F).
Hypothesis Hu : knn F u.
(** At d u beyond p. *)
Let t := inj F p + inj F d * u.
Lemma tail_piece e : same_side (inside e p) (fst (snd e) * d) = true ->
  krelu F (arg e t) = inj F (larger 0 (inside e p)) + inj F (larger 0 (fst (snd e) * d)) * u.
Proof.
  intro H. apply same_side_cases in H.
  assert (M : arg e t = inj F (inside e p) + inj F (fst (snd e) * d) * u).
  { rewrite <- arg_inj, inj_mul. unfold arg, t. ring. }
  rewrite M, <- !relu_inj. destruct H as [[P Q]|[P Q]].
  - apply (nn_inj F) in P, Q. rewrite !relu_id; auto. apply nn_add; [exact P|apply nn_mul; assumption].
  - apply nn_neg in P, Q. rewrite !relu_neg; auto; [ring|].
    apply (nn_eq _ _ (nn_add F _ _ P (nn_mul F _ _ Q Hu))). ring.
Qed.
Lemma tail_value s l : forallb (fun e => same_side (inside e p) (fst (snd e) * d)) l = true ->
  at_ s l t = inj F (value s l p) + inj F (slope d s l) * u.
Proof.
  induction l as [|e l IH]; cbn [at_ value slope forallb]; intro H.
  - rewrite !inj_mul. unfold t. ring.
  - apply andb_true_iff in H as [H1 H2]. rewrite (tail_piece e H1), (IH H2), !inj_add, !inj_mul. ring.
Qed.
Lemma tail s l m : ends d s l p = true -> (m <= value s l p)%Q -> knn F (at_ s l t - inj F m).
Proof.
  unfold ends. rewrite andb_true_iff, Qle_bool_iff. intros [S N] M. rewrite (tail_value s l S).
  apply nn_sub in M. apply (nn_inj F) in N.
  apply (nn_eq _ _ (nn_add F _ _ M (nn_mul F _ _ N Hu))). ring.
Qed.
End Tail.

(** Nothing but p is between p and an end at p. *)
Lemma only s l p h m t : (h <= p)%Q -> (m <= value s l p)%Q ->
  knn F (t - inj F p) -> knn F (inj F h - t) -> knn F (at_ s l t - inj F m).
Proof.
  intros H M P Q. assert (E : t - inj F p = 0).
  { apply antisymmetric; [exact P|]. apply nn_sub in H. apply (nn_eq _ _ (nn_add F _ _ H Q)). ring. }
  replace t with (inj F p) by (transitivity (t - (t - inj F p)); [ring|rewrite E; ring]).
  rewrite at_inj. apply nn_sub, M.
Qed.
Lemma chain_ok hi s l m t : (forall h, hi = Some h -> knn F (inj F h - t)) ->
  forall r p, chain hi s l p r = true -> Forall (fun q => m <= value s l q)%Q (p :: r) ->
  knn F (t - inj F p) -> knn F (at_ s l t - inj F m).
Proof.
  intros Hhi. induction r as [|q r IH]; intros p C M P; cbn [chain] in C.
  - apply Forall_inv in M. destruct hi as [h|].
    + apply Qle_bool_iff in C. exact (only s l p h m t C M P (Hhi h eq_refl)).
    + pose proof (tail 1 p _ P s l m C M) as T.
      replace (inj F p + inj F 1%Q * (t - inj F p)) with t in T; [exact T|]. rewrite inj_1. ring.
  - rewrite !andb_true_iff in C. destruct C as [[C1 C2] C3]. inversion_clear M as [|? ? M1 M2].
    destruct (nn_total F (inj F q - t)) as [H|H].
    + apply (segment p q t); auto; [|now apply Forall_inv in M2].
      apply Qle_bool_false. now apply negb_true_iff in C1.
    + apply (IH q C3 M2). apply (nn_eq _ _ H). ring.
Qed.
Lemma fold_smaller s l r : forall m, (forall q, In q r -> (fold_left (fun m q => smaller m (value s l q)) r m <= value s l q)%Q)
  /\ (fold_left (fun m q => smaller m (value s l q)) r m <= m)%Q.
Proof.
  induction r as [|q r IH]; intro m; cbn [fold_left]; [split; [intros ? []|apply Qle_refl]|].
  destruct (IH (smaller m (value s l q))) as [I1 I2]. split.
  - intros a [<-|A]; [|auto]. eapply Qle_trans; [exact I2|apply smaller_r].
  - eapply Qle_trans; [exact I2|apply smaller_l].
Qed.
Theorem least_ok s l lo hi m t : least s l lo hi = Some m ->
  (forall k, lo = Some k -> knn F (t - inj F k)) -> (forall h, hi = Some h -> knn F (inj F h - t)) ->
  knn F (at_ s l t - inj F m).
Proof.
  unfold least. destruct (points lo hi l) as [|p r]; [discriminate|].
  destruct (_ && _) eqn:C; [|discriminate]. apply andb_true_iff in C as [C1 C2]. intros [= <-] Hlo Hhi.
  rewrite inj_red. destruct (fold_smaller s l r (value s l p)) as [M1 M2].
  set (m := fold_left _ _ _) in *. destruct (nn_total F (t - inj F p)) as [P|P].
  - apply (chain_ok hi s l m t Hhi r p C2); [|exact P]. constructor; [exact M2|].
    apply Forall_forall. exact M1.
  - destruct lo as [k|].
    + apply Qle_bool_iff in C1. specialize (Hlo k eq_refl).
      apply nn_sub in C1. pose proof (nn_add F _ _ C1 Hlo) as T.
      apply (only s l p p m t (Qle_refl p) M2); [apply (nn_eq _ _ T); ring|apply (nn_eq _ _ P); ring].
    + pose proof (tail (-1) p _ P s l m C1 M2) as T.
      replace (inj F p + inj F (-1)%Q * kopp F (t - inj F p)) with t in T; [exact T|].
      change (-1)%Q with (Qopp 1%Q). rewrite inj_opp, inj_1. ring.
Qed.
End Ring.
Arguments inj_red {F} q. Arguments inj_opp {F} q. Arguments inj_sub {F} p q.
Arguments nn_eq {F} a b.
