(** * A running bound on rounding errors, for every LSRL graph and any number of steps

    certificates.md row 12. Programs are those of Lsrl.v (Linear, ReLU, LinState, Prev, Concat, Multi).

    Three runs of one program:
    - exact over R:  [sem R_oring] of Lsrl.v;
    - in floats:     [hsem], every + and * replaced by [fadd], [fmul], every weight q by the rational
                     [wt q] (its float value). A row is evaluated as one dot product: the accumulator
                     starts at the bias, then multiply and add, in the order of the row; in a LinState
                     first the A part, then the B part. ReLU and Prev and Concat round nothing;
    - the bound:     [bsem], over Q, computable: per value a pair (m, e).
    Assumed of the floats, for all reals x, y: |fl(x op y) - (x op y)| <= u |x op y| + eta. This
    follows from the standard model fl(x op y) = (x op y)(1 + d) + e', |d| <= u, |e'| <= eta; Flocq's
    round-to-nearest has it without overflow (RunningBoundFP.v).

    Theorem [running_bound]: at every step, in every output coordinate, |exact| <= m and
    |float - exact| <= e. The inputs may carry errors themselves. Optional [ranges] of the exact node
    values (from any sound range analysis) make m, and so e, smaller: they are a hypothesis on the
    exact run only. [up] allows the bound to be rounded upwards on the way.
    Not covered: other orders of summation, fused multiply-add, overflow (|float| <= m + e is proved,
    [ok_float]; comparing it with the largest float is left to the caller). *)
From Coq Require Import List Bool QArith Qabs Qminmax Qreals Reals Lra Lia. Import ListNotations.
From LSRL Require Import Language WellFormed Checker CheckSound Rings.
Local Open Scope R_scope.

(** ** Lists related pointwise, three at a time *)
Section Forall3.
Variables (A B C : Type) (P : A -> B -> C -> Prop).
Inductive Forall3 : list A -> list B -> list C -> Prop :=
| F3_nil : Forall3 [] [] []
| F3_cons a b c la lb lc : P a b c -> Forall3 la lb lc -> Forall3 (a::la) (b::lb) (c::lc).
Lemma F3_nth la lb lc a b c : Forall3 la lb lc -> P a b c -> forall k, P (nth k la a) (nth k lb b) (nth k lc c).
Proof. intros H D. induction H; intros [|k]; cbn; auto. Qed.
Lemma F3_app la lb lc la' lb' lc' : Forall3 la lb lc -> Forall3 la' lb' lc' -> Forall3 (la++la') (lb++lb') (lc++lc').
Proof. intros H D. induction H; cbn; auto. constructor; auto. Qed.
Lemma F3_firstn k k' k'' la lb lc : k = k' -> k = k'' -> Forall3 la lb lc ->
  Forall3 (firstn k la) (firstn k' lb) (firstn k'' lc).
Proof.
  intros <- <-. revert la lb lc. induction k; intros la lb lc H; destruct H; cbn; constructor; auto.
Qed.
Lemma F3_skipn k k' k'' la lb lc : k = k' -> k = k'' -> Forall3 la lb lc ->
  Forall3 (skipn k la) (skipn k' lb) (skipn k'' lc).
Proof.
  intros <- <-. revert la lb lc. induction k; intros la lb lc H; destruct H; cbn; auto; constructor; auto.
Qed.
Lemma F3_length la lb lc : Forall3 la lb lc -> length la = length lb /\ length la = length lc.
Proof. intro H. induction H; cbn; lia. Qed.
Lemma F3_of_map T (f : T -> A) (g : T -> B) (h : T -> C) l :
  (forall x, P (f x) (g x) (h x)) -> Forall3 (map f l) (map g l) (map h l).
Proof. intro H. induction l; cbn; constructor; auto. Qed.
End Forall3.

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

(** ** The float run and the bound run of a graph *)
Section Eval.
Variables (T : Type) (zero : T) (add mul : T -> T -> T) (scale : Q -> T -> T) (const : Q -> T) (relu : T -> T).
Definition terms (r : srow) (v : list T) : list T := map (fun iq => scale (snd iq) (nth (fst iq) v zero)) r.
Definition gsum (b : Q) (ts : list T) : T :=
  match ts with
  | t :: ts' => if Qeq_bool b 0 && Qeq_bool (wt b) 0 then fold_left add ts' t else fold_left add ts (const b)
  | [] => const b
  end.
Definition geval (o : op) (x : list T) (prev env : list (list T)) : list T :=
  match o with
  | OInput => x
  | OLin rows i => map (fun r => gsum (snd r) (terms (fst r) (nth i env []))) rows
  | ORelu i => map relu (nth i env [])
  | OState rows i => map (fun r => gsum (snd r) (terms (fst (fst r)) (nth (length env) prev [])
                                                    ++ terms (snd (fst r)) (nth i env []))) rows
  | OPrev k => nth k prev []
  | OConcat l => concat (map (fun i => nth i env []) l)
  | OMulti i => let v := nth i env [] in let h := Nat.div2 (length v) in map2 mul (firstn h v) (skipn h v)
  end.
Variable after : nat -> list T -> list T.      (* what is done to the value of a node: nothing, or [tighten] *)
Fixpoint gexec (ops : list op) (x : list T) (prev env : list (list T)) : list (list T) :=
  match ops with
  | [] => env
  | o :: r => gexec r x prev (env ++ [after (length env) (geval o x prev env)])
  end.
Fixpoint grun (p : prog) (prev : list (list T)) (xs : list (list T)) : list (list T) :=
  match xs with
  | [] => []
  | x :: r => let e := gexec (nodes p) x prev [] in nth (out p) e [] :: grun p e r
  end.
End Eval.

Definition hscale (q : Q) (h : R) : R :=
  if Qeq_bool (wt q) 1 then h else if Qeq_bool (wt q) (-1) then - h else fmul (Q2R (wt q)) h.
Definition hconst (q : Q) : R := Q2R (wt q).
Definition hrelu (h : R) : R := Rmax h 0.
Definition hsem (p : prog) (xs : list (list R)) : list (list R) :=
  grun R 0 fadd fmul hscale hconst hrelu (fun _ v => v) p (map (map hconst) (inits p)) xs.

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
Fixpoint in_ranges (p : prog) (prev xs : list (list R)) : Prop :=
  match xs with
  | [] => True
  | x :: r => let e := exec R_oring (nodes p) x prev [] in
              (forall k, in_range (nth k ranges []) (nth k e [])) /\ in_ranges p e r
  end.
Definition bsem (p : prog) (bs : list (list bnd)) : list (list bnd) :=
  grun bnd (0%Q, 0%Q) badd bmul bscale bconst (fun b => b) (fun k => tight (nth k ranges [])) p
    (map (map bconst) (inits p)) bs.

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
Lemma ok_const q : ok (bconst q) (hconst q) (Q2R q).
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
Lemma ok_scale q b h x : ok b h x -> ok (bscale q b) (hscale q h) (Q2R q * x).
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
(** the exact sum of a list of terms *)
Definition xsum (ts : list R) : R := fold_right Rplus 0 ts.
Definition xterms (r : srow) (xs : list R) : list R := map (fun iq => Q2R (snd iq) * nth (fst iq) xs 0) r.
Lemma dot_xsum r xs : dot R_oring r xs = xsum (xterms r xs).
Proof. induction r as [|[i q] r IH]; [reflexivity|]. cbn [dot xterms map xsum fold_right fst snd]. rewrite IH. reflexivity. Qed.
Lemma xsum_app a b : xsum (a ++ b) = xsum a + xsum b.
Proof. unfold xsum. induction a as [|x a IH]; cbn [app fold_right]; [ring|]. rewrite IH. ring. Qed.
Lemma ok_terms r bs hs xs : okv bs hs xs ->
  okv (terms bnd (0%Q,0%Q) bscale r bs) (terms R 0 hscale r hs) (xterms r xs).
Proof.
  intro V. apply F3_of_map. intros [i q]. cbn [fst snd]. apply ok_scale, (F3_nth _ _ _ ok); [exact V|apply ok_zero].
Qed.
Lemma ok_fold bs hs xs : okv bs hs xs -> forall acc hacc xacc, ok acc hacc xacc ->
  ok (fold_left badd bs acc) (fold_left fadd hs hacc) (xacc + xsum xs).
Proof.
  intro V. induction V as [|b h x bs hs xs O V IH]; intros acc hacc xacc A; cbn [fold_left xsum fold_right].
  - rewrite Rplus_0_r. exact A.
  - rewrite <- Rplus_assoc. apply IH, ok_add; assumption.
Qed.
Lemma ok_gsum b bs hs xs : okv bs hs xs ->
  ok (gsum bnd badd bconst b bs) (gsum R fadd hconst b hs) (Q2R b + xsum xs).
Proof.
  intro V. destruct V as [|b' h x bs hs xs O V]; cbn [gsum].
  - cbn. rewrite Rplus_0_r. apply ok_const.
  - destruct (Qeq_bool b 0 && Qeq_bool (wt b) 0) eqn:E.
    + apply andb_prop in E as [E _]. apply Qeq_bool_eq, Qeq_eqR in E. rewrite E, RMicromega.Q2R_0, Rplus_0_l.
      cbn [xsum fold_right]. apply ok_fold; assumption.
    + apply ok_fold; [constructor; assumption|apply ok_const].
Qed.
Lemma ok_map2 bs : forall hs xs bs' hs' xs', okv bs hs xs -> okv bs' hs' xs' ->
  okv (map2 bmul bs bs') (map2 fmul hs hs') (map2 Rmult xs xs').
Proof.
  induction bs as [|b bs IH]; intros hs xs bs' hs' xs' H K; inversion H; subst; inversion K; subst; cbn;
    constructor; auto. apply ok_mul; assumption.
Qed.
Lemma ok_map_relu bs hs xs : okv bs hs xs -> okv bs (map hrelu hs) (map (fun x => Rmax x 0) xs).
Proof. intro H. induction H; cbn; constructor; auto. apply ok_relu. assumption. Qed.
Lemma ok_eval o bx hx x bp hp xp be he xe : okv bx hx x -> okvs bp hp xp -> okvs be he xe ->
  okv (geval bnd (0%Q,0%Q) badd bmul bscale bconst (fun b => b) o bx bp be)
      (geval R 0 fadd fmul hscale hconst hrelu o hx hp he) (eval_op R_oring o x xp xe).
Proof.
  intros X P E.
  assert (NE : forall i, okv (nth i be []) (nth i he []) (nth i xe [])) by (intro; apply (F3_nth _ _ _ okv); [exact E|constructor]).
  assert (NP : forall i, okv (nth i bp []) (nth i hp []) (nth i xp [])) by (intro; apply (F3_nth _ _ _ okv); [exact P|constructor]).
  destruct (F3_length _ _ _ _ _ _ _ E) as [L1 L2].
  destruct o as [|rows i|i|rows i|k|l|i]; cbn [geval eval_op]; auto.
  - apply F3_of_map. intros [r b]. cbn [fst snd]. change (kadd R_oring) with Rplus. rewrite Rplus_comm.
    rewrite dot_xsum. apply ok_gsum, ok_terms, NE.
  - rewrite map_id. apply ok_map_relu, NE.
  - assert (NS : okv (nth (length be) bp []) (nth (length he) hp []) (nth (length xe) xp [])).
    { rewrite <- L1, <- L2. apply NP. }
    apply F3_of_map. intros [[ra rb] b]. cbn [fst snd]. change (kadd R_oring) with Rplus.
    change (inj R_oring) with Q2R.
    rewrite (Rplus_comm _ (Q2R b)), !dot_xsum. change (kadd R_oring) with Rplus. rewrite <- xsum_app.
    apply ok_gsum, F3_app; apply ok_terms; [exact NS|apply NE].
  - induction l as [|i l IH]; cbn; [constructor|]. apply F3_app; auto.
  - specialize (NE i). destruct (F3_length _ _ _ _ _ _ _ NE) as [M1 M2]. unfold multv.
    apply ok_map2; [apply F3_firstn|apply F3_skipn]; try exact NE; apply (f_equal Nat.div2); assumption.
Qed.
Lemma ok_tight r bs hs xs : okv bs hs xs -> in_range r xs -> okv (tight r bs) hs xs.
Proof.
  intro H. revert r. induction H as [|b h x bs hs xs O H IH]; intros r; [intros _; destruct r; constructor|].
  destruct r as [|[q|] r]; cbn; [constructor; auto| |constructor; auto].
  intros [B I]. constructor; auto. destruct Qle_bool; [|exact O]. destruct O as [M E]. split; cbn; assumption.
Qed.
Lemma exec_prefix ops : forall x prev env, exists tl, exec R_oring ops x prev env = env ++ tl.
Proof.
  induction ops as [|o ops IH]; intros x prev env; [exists []; cbn; now rewrite app_nil_r|].
  cbn [exec]. destruct (IH x prev (env ++ [eval_op R_oring o x prev env])) as [tl H]. rewrite H, <- app_assoc. eauto.
Qed.
Lemma ok_exec ops : forall bx hx x bp hp xp be he xe, okv bx hx x -> okvs bp hp xp -> okvs be he xe ->
  (forall k, in_range (nth k ranges []) (nth k (exec R_oring ops x xp xe) [])) ->
  okvs (gexec bnd (0%Q,0%Q) badd bmul bscale bconst (fun b => b) (fun k => tight (nth k ranges [])) ops bx bp be)
       (gexec R 0 fadd fmul hscale hconst hrelu (fun _ v => v) ops hx hp he) (exec R_oring ops x xp xe).
Proof.
  induction ops as [|o ops IH]; intros bx hx x bp hp xp be he xe X P E I; [exact E|].
  cbn [gexec exec] in *. apply IH; auto. apply F3_app; [exact E|]. constructor; [|constructor].
  apply ok_tight; [apply ok_eval; auto|].
  specialize (I (length xe)).
  match type of I with context [exec R_oring ops x xp ?e] => destruct (exec_prefix ops x xp e) as [tl H] end.
  rewrite H, <- app_assoc, app_nth2, Nat.sub_diag in I by (cbn; lia). cbn [nth app] in I.
  destruct (F3_length _ _ _ _ _ _ _ E) as [L1 L2]. rewrite L2. exact I.
Qed.

(** ** The theorem *)
Theorem running_bound p bs hs xs : okvs bs hs xs -> in_ranges p (init R_oring p) xs ->
  okvs (bsem p bs) (hsem p hs) (sem R_oring p xs).
Proof.
  unfold bsem, hsem, sem. intro H.
  assert (I0 : okvs (map (map bconst) (inits p)) (map (map hconst) (inits p)) (init R_oring p)).
  { unfold init. apply F3_of_map. intro l. apply F3_of_map. apply ok_const. }
  revert I0. generalize (map (map bconst) (inits p)) (map (map hconst) (inits p)) (init R_oring p).
  induction H as [|b h x bs hs xs O H IH]; intros B0 H0 X0 I0 IR; cbn [grun run]; [constructor|].
  destruct IR as [IR1 IR2].
  assert (K := ok_exec (nodes p) b h x B0 H0 X0 [] [] [] O I0 ltac:(constructor) IR1).
  constructor; [|apply IH; assumption].
  apply (F3_nth _ _ _ okv); [exact K|constructor].
Qed.
End Bound.

(** with no range information nothing is assumed *)
Lemma no_ranges p : forall xs prev, in_ranges [] p prev xs.
Proof.
  induction xs as [|x xs IH]; intro prev; cbn; auto. split; [|apply IH].
  intro k. destruct k; cbn; now destruct nth.
Qed.
