// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {Act, Action} from "../../../contracts/types/Act.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";
import {FindingBase} from "../FindingBase.sol";

/// @notice Pain 10: a dispute takes three to five transactions and deposits by both sides, and who stays silent loses. Here it
/// takes one, without deposits, and the silent side has what the arbiter gives it.
contract Pain10_DisputeInOneTransaction is FindingBase {
    uint16 private constant BUYER_BPS = 4_000;

    function test_ByAPartyItself() public {
        Terms memory terms = _delivered(address(usd));
        bytes memory ruling = _ruling(terms);
        Holdings memory before = _holdings(address(usd));
        vm.prank(buyer);
        escrow.disputeAndRule(terms, STATEMENT, BUYER_BPS, REASON, ruling);
        _resolved(terms, before);
    }

    /// @dev Neither party sends anything: a relayer has the party's signed dispute and the arbiter's ruling.
    function test_ByARelayer() public {
        Terms memory terms = _delivered(address(usd));
        Act memory what = _actOf(buyer, Action.Dispute);
        what.hash = STATEMENT;
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(IEscrow.act, (terms, what, _signed(terms, what)));
        calls[1] = abi.encodeCall(IEscrow.rule, (terms, BUYER_BPS, REASON, _ruling(terms)));
        Holdings memory before = _holdings(address(usd));
        vm.prank(RELAYER);
        escrow.multicall(calls);
        _resolved(terms, before);
    }

    /// @dev Without the arbiter's word nothing is disputed either: all or none.
    function test_WithoutTheArbitersSignatureNothingHappens() public {
        Terms memory terms = _delivered(address(usd));
        bytes32 digest = Digests.ruling(address(escrow), _idOf(terms), BUYER_BPS, REASON);
        bytes memory call = abi.encodeCall(
            IEscrow.disputeAndRule, (terms, STATEMENT, BUYER_BPS, REASON, _sign(BUYER_KEY, digest))
        );
        vm.assertTrue(!_try(buyer, address(escrow), call), "refused");
        _assertState(terms, DealState.Delivered);
    }

    function _resolved(Terms memory terms, Holdings memory before) private {
        _assertState(terms, DealState.Resolved);
        _collect(terms);
        uint256 rest = PRICE * 19 / 20;
        uint256 toBuyer = rest * BUYER_BPS / 10_000;
        uint256 fee = (rest - toBuyer) / 40;
        _assertGains(address(usd), before, toBuyer, rest - toBuyer - fee, PRICE / 20, fee);
    }

    function _ruling(Terms memory terms) private view returns (bytes memory) {
        return _sign(ARBITER_KEY, Digests.ruling(address(escrow), _idOf(terms), BUYER_BPS, REASON));
    }
}
