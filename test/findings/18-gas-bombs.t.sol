// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {GenerousEscrow} from "../../contracts/mocks/faulty/Payouts.sol";
import {BurningParty, Puppet, ShoutingParty, ShoutingRefuser} from "../../contracts/mocks/parties/Receivers.sol";
import {LoudToken} from "../../contracts/mocks/tokens/OddReturns.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 18: whoever is paid burns all the gas, or answers with more than anyone can afford to copy.
contract Finding18_GasBombs is FindingBase {
    uint256 private constant GIVEN = 5_000_000;
    /// @dev What a payment may cost whatever its recipient does: 100,000 for the recipient, and the escrow's own work.
    uint256 private constant BOUND = 350_000;

    function test_EscrowBoundsABurner() public {
        _bounded(new BurningParty(seller));
    }

    function test_EscrowBoundsAMegabyte() public {
        _bounded(new ShoutingParty(seller));
    }

    function test_EscrowBoundsALongRefusal() public {
        _bounded(new ShoutingRefuser(seller));
    }

    /// @dev A token answers with a megabyte; none of it is copied, but the token can spend what it is given to make it.
    function test_EscrowCopiesNothingOfATokensAnswer() public {
        LoudToken token = new LoudToken();
        Terms memory terms = _inToken(address(token));
        token.shout(true);
        (bool done,) = _attack(address(escrow), 0, _release(terms));
        vm.assertTrue(done, "ended all the same");
        vm.assertEq(escrow.creditOf(address(token), seller), PRICE * 39 / 40, "and owed");
    }

    function test_FaultyEscrowLosesItsGasToABurner() public {
        GenerousEscrow faulty = new GenerousEscrow();
        Puppet party = new BurningParty(seller);
        (, uint256 spent) = _attack(address(faulty), 1, abi.encodeCall(faulty.pay, (address(party))));
        vm.assertGe(spent, GIVEN * 9 / 10, "nearly all");
    }

    function test_FaultyEscrowCopiesALongRefusal() public {
        GenerousEscrow faulty = new GenerousEscrow();
        Puppet party = new ShoutingRefuser(seller);
        (bool done, uint256 spent) = _attack(address(faulty), 1, abi.encodeCall(faulty.pay, (address(party))));
        vm.assertTrue(!done, "what was copied cannot be paid for");
        vm.assertGe(spent, BOUND, "more than the bound");
    }

    function _bounded(Puppet party) private {
        Terms memory terms = _terms(ETH);
        terms.seller = address(party);
        _openWith(terms, SELLER_KEY);
        (bool done, uint256 spent) = _attack(address(escrow), 0, _release(terms));
        vm.assertTrue(done, "ended all the same");
        vm.assertLe(spent, BOUND, "gas");
        _assertState(terms, DealState.Completed);
        vm.assertEq(escrow.creditOf(ETH, address(party)), ETH_PRICE * 39 / 40, "owed");
    }

    function _attack(address target, uint256 value, bytes memory call) private returns (bool done, uint256 spent) {
        vm.prank(buyer);
        uint256 before = gasleft();
        (done,) = target.call{value: value, gas: GIVEN}(call);
        spent = before - gasleft();
    }
}
