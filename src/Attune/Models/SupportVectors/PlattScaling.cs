namespace Attune.Models;

/// <summary>
/// Probabilities of classes from the decisions of <see cref="PairwiseMachines"/>. A pair's is 1 / (1 + e^(A·d + B)),
/// kept from 1e-7 to 1 − 1e-7 (Platt 1999); the classes' are those that fit all pairs best: the second method of Wu,
/// Lin and Weng, "Probability Estimates for Multi-class Classification by Pairwise Coupling" (2004), as in libsvm. Two
/// classes are coupled, too, as in scikit-learn's copy of libsvm: the iteration begins at one half, and stays there for
/// a pair that is close to it. libsvm itself now gives them their pair's probability as it is.
/// </summary>
internal sealed class PlattScaling
{
    private const double Least = 1e-7;

    private readonly double[] a;
    private readonly double[] b;
    private readonly int classes;
    private readonly bool keepsPair;

    /// <param name="model">Names the model in messages.</param>
    /// <param name="a">An A for every two classes.</param>
    /// <param name="b">A B for every two classes.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="keepsPair">Whether two classes have their pair's probability as it is.</param>
    /// <exception cref="MLModelFormatException">There is not one A and one B for every two classes.</exception>
    public PlattScaling(Interface model, IEnumerable<double> a, IEnumerable<double> b, int classes, bool keepsPair)
    {
        this.keepsPair = keepsPair;
        this.a = [.. a];
        this.b = [.. b];
        this.classes = classes;
        long pairs = (long)classes * (classes - 1) / 2;
        if (this.a.Length != pairs || this.b.Length != pairs)
            throw model.Wrong(
                $"takes a probA and a probB for every two of {classes} classes; the file has {this.a.Length} and " +
                $"{this.b.Length}", "probA");
    }

    public double[] Probabilities(ReadOnlySpan<double> decisions)
    {
        // r[i, j]: how likely it is i, if it is i or j.
        var r = new double[classes, classes];
        int pair = 0;
        for (int i = 0; i < classes; i++)
            for (int j = i + 1; j < classes; j++, pair++)
            {
                double own = LinkFunctions.Logistic(-(a[pair] * decisions[pair] + b[pair]));
                r[i, j] = Math.Clamp(own, Least, 1 - Least);
                r[j, i] = 1 - r[i, j];
            }
        return keepsPair && classes == 2 ? [r[0, 1], r[1, 0]] : Couple(r);
    }

    /// <summary>
    /// Minimises pᵀQp over probabilities p, where Q[t,t] = Σ r[j,t]² and Q[t,j] = −r[j,t]·r[t,j], one p at a time,
    /// until (Qp)ₜ = pᵀQp for all t within 0.005 / classes.
    /// </summary>
    private double[] Couple(double[,] r)
    {
        double[,] q = Objective(r);
        var p = new double[classes];
        var qp = new double[classes];
        Array.Fill(p, 1.0 / classes);
        int rounds = Math.Max(100, classes);
        for (int round = 0; round < rounds; round++)
        {
            double pqp = Products(q, p, qp);
            double error = 0;
            for (int t = 0; t < classes; t++)
                error = Math.Max(error, Math.Abs(qp[t] - pqp));
            if (error < 0.005 / classes)
                break;
            for (int t = 0; t < classes; t++)
                pqp = Improve(q, p, qp, pqp, t);
        }
        return p;
    }

    /// <summary>Moves p[t] to its best value and scales all back to sum 1; keeps qp and pqp in step.</summary>
    private double Improve(double[,] q, double[] p, double[] qp, double pqp, int t)
    {
        double change = (pqp - qp[t]) / q[t, t];
        p[t] += change;
        pqp = (pqp + change * (change * q[t, t] + 2 * qp[t])) / (1 + change) / (1 + change);
        for (int j = 0; j < classes; j++)
        {
            qp[j] = (qp[j] + change * q[t, j]) / (1 + change);
            p[j] /= 1 + change;
        }
        return pqp;
    }

    private double[,] Objective(double[,] r)
    {
        var q = new double[classes, classes];
        for (int t = 0; t < classes; t++)
            for (int j = 0; j < classes; j++)
                if (j != t)
                {
                    q[t, t] += r[j, t] * r[j, t];
                    q[t, j] = -r[j, t] * r[t, j];
                }
        return q;
    }

    private double Products(double[,] q, double[] p, double[] qp)
    {
        double pqp = 0;
        for (int t = 0; t < classes; t++)
        {
            qp[t] = 0;
            for (int j = 0; j < classes; j++)
                qp[t] += q[t, j] * p[j];
            pqp += p[t] * qp[t];
        }
        return pqp;
    }
}
