(** * Walking along the nodes of a cell

    One lemma per kind of node says what it adds to the values before it. [walk R] takes
    [R : exec F nodes x prev [] = e] apart, one node at a time: a name for each value, with an equation
    between few such names, so that terms stay small however long the list of nodes is. *)
From Coq Require Import List QArith Arith Lia.
Import ListNotations.
From LSRL Require Import Language Vectors Convolution.
Local Open Scope nat_scope.

(** Initial values by node, for n nodes. *)
Definition initially (values : list (nat * list Q)) (n : nat) : list (list Q) :=
  map (fun k => match find (fun v => fst v =? k) values with Some v => snd v | None => [] end)
    (seq 0 n).

Section Nodes.
Variable F : oring.
Local Notation vec := (list F).
Variables (x : vec) (prev env : list vec).

Lemma exec_cons o r : exec F (o :: r) x prev env = exec F r x prev (env ++ [eval_op F o x prev env]).
Proof. reflexivity. Qed.
Lemma exec_app a b : exec F (a ++ b) x prev env = exec F b x prev (exec F a x prev env).
Proof. revert env. induction a as [|o a IH]; intro e; [reflexivity|apply IH]. Qed.
Lemma exec_length a : length (exec F a x prev env) = length env + length a.
Proof.
  revert env. induction a as [|o a IH]; intro e; cbn [exec length]; [lia|].
  rewrite IH, app_length. cbn. lia.
Qed.

Lemma input_node : eval_op F OInput x prev env = x.
Proof. reflexivity. Qed.
Lemma linear_node rows i : eval_op F (OLin rows i) x prev env = linv F rows (nth i env []).
Proof. reflexivity. Qed.
Lemma relu_node i : eval_op F (ORelu i) x prev env = vrelu F (nth i env []).
Proof. reflexivity. Qed.
Lemma state_node rows i : eval_op F (OState rows i) x prev env
  = statev F rows (nth (length env) prev []) (nth i env []).
Proof. reflexivity. Qed.
Lemma prev_node k : eval_op F (OPrev k) x prev env = nth k prev [].
Proof. reflexivity. Qed.
Lemma multi_node i : eval_op F (OMulti i) x prev env = multv F (nth i env []).
Proof. reflexivity. Qed.
Lemma pair_node i j : eval_op F (OConcat [i; j]) x prev env = nth i env [] ++ nth j env [].
Proof. simpl. now rewrite app_nil_r. Qed.
Lemma concat_node i j l : eval_op F (OConcat (i :: j :: l)) x prev env
  = nth i env [] ++ eval_op F (OConcat (j :: l)) x prev env.
Proof. reflexivity. Qed.
End Nodes.

(** Side conditions on dimensions, where values are named by equations. *)
Ltac dimensions :=
  subst;
  repeat first [length_step | erewrite convolve_length by first [eassumption | lengths]]; lia.

(** The value of one node. Earlier values are a list, or an unknown list env and more, where nodes are
    numbered from length env. Concats are not named but stand where they are read, so that sums,
    products, and 1 - v are seen as such. *)
Ltac node R :=
  rewrite exec_cons in R;
  let v := fresh "v" in let E := fresh "E" in
  match type of R with exec _ _ _ _ (_ ++ [?t]) = _ => remember t as v eqn:E in R end;
  first [rewrite input_node in E | rewrite linear_node in E | rewrite relu_node in E
    | rewrite state_node in E | rewrite prev_node in E | rewrite multi_node in E
    | repeat first [rewrite pair_node in E | rewrite concat_node in E]];
  rewrite <- ?app_assoc in R;
  repeat first [rewrite app_nth2_plus in E | rewrite app_nth1 in E by lia];
  cbn [nth length] in E; cbn [app] in R;
  lazymatch type of E with
  | v = multv _ (_ ++ _) => rewrite multv_app in E by dimensions
  | v = linv _ (sum_rows _) (_ ++ _) => rewrite sum_rows_ok in E by dimensions
  | v = linv _ (complement_rows _) _ => rewrite complement_rows_ok in E by dimensions
  | v = linv _ (convolution_rows _ _) _ =>
    erewrite convolution_ok in E by first [eassumption | dimensions]
  | v = statev _ (decay_rows _ _) _ _ => rewrite decay_rows_ok in E by dimensions
  | v = _ ++ _ => subst v
  | _ => idtac
  end.
Ltac walk R :=
  repeat match type of R with exec _ (_ :: _) _ _ _ = _ => node R end;
  match type of R with exec _ [] _ _ _ = ?e => cbn [exec] in R; subst e end;
  cbn [nth].
