// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Act, Action} from "../../contracts/types/Act.sol";
import {Rules} from "../../contracts/types/Rules.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {RulesBuilder} from "../support/RulesBuilder.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "../tokens/TokenBase.sol";

/// @notice Every way in which money leaves a deal in ETH, with what each person is due when fees are collected.
abstract contract Endings is TokenBase {
    using RulesBuilder for Rules;

    enum Ending {
        Release,
        ReleaseFor,
        ReleasePart,
        Refund,
        RefundPart,
        Reclaim,
        Claim,
        Settle,
        Rule,
        DisputeAndRule,
        AwardByDefault,
        CancelFunding
    }

    /// @dev What each gets, in wei.
    struct Due {
        uint256 buyer;
        uint256 seller;
        uint256 arbiter;
        uint256 operator;
        uint256 relayer;
    }

    uint256 internal constant MARKET_KEY = 0x3A4CE7;
    uint256 internal constant TIP = 0.01 ether;
    /// @dev The operator's address of the other tests has no key; here the operator has to sign a withdrawal.
    address internal immutable market = vm.addr(MARKET_KEY);

    /// @dev The deal stands where the ending is possible, and its clock too.
    function _ready(Ending ending) internal returns (Terms memory terms) {
        terms = _terms(ETH);
        terms.operator = market;
        if (ending == Ending.CancelFunding) {
            terms.rules = terms.rules.withFunding(FUNDING);
            _openInPart(terms, 0.25 ether);
            _late(terms);
            return terms;
        }
        _open(terms);
        if (ending == Ending.Reclaim) _late(terms);
        if (ending == Ending.Claim) {
            vm.prank(seller);
            escrow.ship(terms, TRACKING);
            vm.prank(buyer);
            escrow.deliver(terms);
            _late(terms);
        }
        if (ending == Ending.Rule || ending == Ending.AwardByDefault) _dispute(terms);
        if (ending == Ending.AwardByDefault) _late(terms);
    }

    /// @dev Where somebody may be tipped the stranger submits a signed act, so that there is a relayer.
    function _end(Terms memory terms, Ending ending) internal {
        if (ending == Ending.Reclaim) return _relay(terms, buyer, BUYER_KEY, Action.Reclaim, "reclaim");
        if (ending == Ending.Claim) return _relay(terms, seller, SELLER_KEY, Action.Claim, "claim");
        if (ending == Ending.AwardByDefault) {
            return _relay(terms, buyer, BUYER_KEY, Action.AwardByDefault, "awardByDefault");
        }
        if (ending == Ending.CancelFunding) {
            return _relay(terms, buyer, BUYER_KEY, Action.CancelFunding, "cancelFunding");
        }
        if (ending == Ending.Settle) return _settle(terms, 0.4 ether);
        if (ending == Ending.Rule) {
            vm.prank(arbiter);
            return escrow.rule(terms, 4_000, REASON, "");
        }
        if (ending == Ending.ReleaseFor) return _releaseFor(terms);
        if (ending == Ending.DisputeAndRule) return _disputeAndRule(terms);
        bool bySeller = ending == Ending.Refund || ending == Ending.RefundPart;
        vm.prank(bySeller ? seller : buyer);
        if (ending == Ending.Release) escrow.release(terms);
        else if (ending == Ending.Refund) escrow.refund(terms);
        else if (ending == Ending.ReleasePart) escrow.releasePart(terms, 0.4 ether);
        else escrow.refundPart(terms, 0.4 ether);
        // The part alone ends nothing: the other side gives the rest.
        if (ending == Ending.ReleasePart) {
            vm.prank(seller);
            escrow.refund(terms);
        } else if (ending == Ending.RefundPart) {
            vm.prank(buyer);
            escrow.release(terms);
        }
    }

    /// @dev Of 1 ether: 2.5 % of what the seller is paid to the operator, 5 % of what is ruled on to the arbiter.
    function _due(Ending ending) internal pure returns (Due memory) {
        if (ending == Ending.Release || ending == Ending.ReleaseFor) return Due(0, 0.975 ether, 0, 0.025 ether, 0);
        if (ending == Ending.ReleasePart) return Due(0.6 ether, 0.39 ether, 0, 0.01 ether, 0);
        if (ending == Ending.Refund) return Due(1 ether, 0, 0, 0, 0);
        if (ending == Ending.RefundPart) return Due(0.4 ether, 0.585 ether, 0, 0.015 ether, 0);
        if (ending == Ending.Reclaim) return Due(1 ether - TIP, 0, 0, 0, TIP);
        if (ending == Ending.Claim) return Due(0, 0.975 ether - TIP, 0, 0.025 ether, TIP);
        if (ending == Ending.AwardByDefault) {
            return Due(0.5 ether - TIP, 0.4875 ether, 0, 0.0125 ether, TIP);
        }
        if (ending == Ending.CancelFunding) return Due(0.25 ether - TIP, 0, 0, 0, TIP);
        if (ending == Ending.Settle) return _dueOfSettlement();
        return Due(0.38 ether, 0.55575 ether, 0.05 ether, 0.01425 ether, 0);
    }

    /// @dev The fee is reckoned on the seller's part cut down to multiples of 1/(2^40 - 1) of the whole.
    function _dueOfSettlement() private pure returns (Due memory) {
        uint256 whole = 2 ** 40 - 1;
        uint256 units = 0.6 ether * whole / 1 ether;
        uint256 fee = (units * 1 ether / whole) * OPERATOR_BPS / 10_000;
        return Due(0.4 ether, 0.6 ether - fee, 0, fee, 0);
    }

    function _relay(Terms memory terms, address signer, uint256 key, Action action, string memory name) private {
        Act memory what = Act(signer, action, 0, 0, TIP, uint40(block.timestamp));
        bytes memory signature = _sign(key, Digests.act(address(escrow), _idOf(terms), what, name));
        vm.prank(stranger);
        escrow.act(terms, what, signature);
    }

    function _releaseFor(Terms memory terms) private {
        Act memory what = Act(buyer, Action.Release, 0, 0, 0, uint40(block.timestamp));
        Terms[] memory deals = new Terms[](1);
        uint40[] memory expiries = new uint40[](1);
        bytes[] memory signatures = new bytes[](1);
        (deals[0], expiries[0]) = (terms, what.expiry);
        signatures[0] = _sign(BUYER_KEY, Digests.act(address(escrow), _idOf(terms), what, "release"));
        vm.prank(stranger);
        escrow.releaseFor(deals, expiries, signatures);
    }

    function _disputeAndRule(Terms memory terms) private {
        bytes memory ruling =
            _sign(ARBITER_KEY, Digests.ruling(address(escrow), _idOf(terms), 4_000, REASON));
        vm.prank(buyer);
        escrow.disputeAndRule(terms, STATEMENT, 4_000, REASON, ruling);
    }
}
